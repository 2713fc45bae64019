import {
  continueAsNew,
  isCancellation,
  log,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { fetchTicket } from './activities.js';
import { failureCode } from './failure-code.js';
import { ticketChanged, type TicketSyncArgs } from './messages.js';
import { pauseAndProbe, pauseCauseOf } from './pause-connector.js';
import { reconcileAndApply } from './reconcile-and-apply.js';

/**
 * Brings one ticket up to date: at once on the first signal, then at most once per spacing while signals come, and
 * once after the last of them.
 */
export async function ticketSync(args: TicketSyncArgs): Promise<void> {
  let dirty = true;
  let newest = 0;
  let coveredUpTo = args.coveredUpTo ?? 0;
  setHandler(
    ticketChanged,
    (change) => {
      if (change === undefined) dirty = true;
      else newest = Math.max(newest, change.deliveryId);
    },
    { description: 'The ticket changed in the source' },
  );
  const isDue = (): boolean => dirty || newest > coveredUpTo;
  // No await between the check and the return, else a signal in between would be lost.
  while (isDue()) {
    dirty = false; // before the read: a change during it asks for another one
    setCurrentDetails('Reading and comparing the ticket');
    const told = newest;
    coveredUpTo = Math.max(told, await syncTicket(args));
    setCurrentDetails('Up to date. Further changes are gathered for a moment.');
    await sleep(args.spacingMs, { summary: 'gather further changes' });
    if (isDue() && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof ticketSync>({ ...args, coveredUpTo });
  }
}

/**
 * A failure that pauses a connector ends quietly: the probe's catch-up run reads the ticket as well.
 * @returns the newest delivery that was kept before the reading began; 0 when nobody says.
 */
async function syncTicket({ bridgeId, ticketId, ownQuestionsOnly = false }: TicketSyncArgs): Promise<number> {
  try {
    const { coveredUpTo = 0 } = await fetchTicket({ bridgeId, ticketId });
    await reconcileAndApply({
      bridgeId,
      scope: { kind: 'ticket', ticketId },
      cause: { runId: null, decisionId: null },
      ownQuestionsOnly,
    });
    return coveredUpTo;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const cause = pauseCauseOf(error);
    if (!cause) throw error;
    log.warn('The ticket waits for a connector', { bridgeId, ticketId, code: failureCode(error) });
    await pauseAndProbe(cause);
    return 0;
  }
}
