import { ticketChanged, workflowIds, type TicketChanged } from '../workflows/messages.js';
import { ticketAttributes } from '../workflows/search-attributes.js';
import type { ticketSync } from '../workflows/ticket-sync.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';

/** Shortest time between two syncs of one ticket while it keeps changing. */
export const TICKET_SPACING_MS = 5_000;

/**
 * As many tickets of a bridge within this time are synced one by one. When more change at once (a macro, an import, an
 * outage that is over), one run reads all of them with a few calls, at a tenth of the work.
 */
export const ONE_BY_ONE = { tickets: 30, withinMs: 5_000 } as const;

export type ChangedTicket = {
  readonly bridgeId: string;
  readonly ticketId: string;
  /** Newest delivery that says so, by its row's id; left out when the ticket shall be read in any case. */
  readonly deliveryId?: string;
  readonly spacingMs?: number;
};

/**
 * Tells the ticket's process that the ticket changed, and starts it when there is none.
 * @throws TemporalCallError `unavailable`; the delivery's row stays and is signalled later.
 */
export async function signalTicketChanged(temporal: Temporal, ticket: ChangedTicket): Promise<void> {
  const { bridgeId, ticketId, deliveryId, spacingMs = TICKET_SPACING_MS } = ticket;
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.signalWithStart<typeof ticketSync, [TicketChanged?]>('ticketSync', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.ticketSync(bridgeId, ticketId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ bridgeId, ticketId, spacingMs, ownQuestionsOnly: true }],
      signal: ticketChanged,
      signalArgs: deliveryId === undefined ? [] : [{ deliveryId: Number(deliveryId) }],
      typedSearchAttributes: ticketAttributes(bridgeId, ticketId),
      staticSummary: `Sync ticket **${ticketId}** of bridge **${bridgeId}**`,
    }),
  );
}
