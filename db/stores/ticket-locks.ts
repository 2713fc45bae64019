import { rows, type Session } from '../sql.js';

type Ticket = { readonly bridgeId: string; readonly ticketId: string };

/** Sorted, so that two never deadlock; take it before any row. */
async function lock(session: Session, tickets: readonly Ticket[]): Promise<void> {
  await rows(
    session,
    `select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as key`,
    [tickets.map(({ bridgeId, ticketId }) => `reconcile/${bridgeId}/${ticketId}`).sort()],
  );
}

/** Serialises reconciliations per (bridge, ticket) until the transaction ends. */
export const lockTickets = (
  session: Session,
  bridgeId: string,
  ticketIds: readonly string[],
): Promise<void> =>
  lock(
    session,
    ticketIds.map((ticketId) => ({ bridgeId, ticketId })),
  );

/**
 * For what is written of these entries: a plan that was made before a write was kept would not know of it, and plan
 * the row once more.
 */
export async function lockTicketsOf(
  session: Session,
  bridgeId: string,
  entryIds: readonly string[],
): Promise<void> {
  const found = await rows<{ ticketId: string }>(
    session,
    'select distinct ticket_id as "ticketId" from time_entries where id = any($1::bigint[])',
    [[...entryIds]],
  );
  await lockTickets(
    session,
    bridgeId,
    found.map(({ ticketId }) => ticketId),
  );
}

/**
 * For decisions that come into force: a plan that was made without them would ask again what is decided. Gaps and
 * guards hold any number of tickets and are planned anew as a whole.
 */
export async function lockTicketsOfCases(session: Session, conflictIds: readonly string[]): Promise<void> {
  const tickets = await rows<Ticket>(
    session,
    `select distinct c.bridge_id as "bridgeId", e.ticket_id as "ticketId" from conflicts c
     join conflict_entries ce on ce.conflict_id = c.id join time_entries e on e.id = ce.time_entry_id
     where c.id = any($1::bigint[]) and c.subject like 'lead:%'`,
    [[...conflictIds]],
  );
  await lock(session, tickets);
}
