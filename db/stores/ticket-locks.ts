import { rows, type Session } from '../sql.js';

/** Of reconciliations per (bridge, ticket). In the order of the keys, so that two never deadlock; taken before any row. */
const LOCK = {
  /** For whoever plans: nobody else plans, writes or decides meanwhile. */
  alone: 'pg_advisory_xact_lock',
  /** For whoever keeps what was written or decided: that moves other rows than another's, and only plans must not see half of it. */
  shared: 'pg_advisory_xact_lock_shared',
};

/** `tickets`: a query of `key`s. */
const take = (session: Session, lock: keyof typeof LOCK, tickets: string, bind: readonly unknown[]) =>
  rows(
    session,
    `select ${LOCK[lock]}(hashtextextended(key, 0)) from (
       select distinct 'reconcile/' || key collate "C" as key from (${tickets}) t order by 1) sorted`,
    bind,
  );

/** Serialises reconciliations of these tickets until the transaction ends. */
export async function lockTickets(
  session: Session,
  bridgeId: string,
  ticketIds: readonly string[],
): Promise<void> {
  await take(session, 'alone', `select $1 || '/' || unnest($2::text[]) as key`, [bridgeId, [...ticketIds]]);
}

/**
 * For what is written of these entries: a plan that was made before a write was kept would not know of it, and plan
 * the row once more.
 */
export async function lockTicketsOf(
  session: Session,
  bridgeId: string,
  entryIds: readonly string[],
): Promise<void> {
  const tickets = `select $1 || '/' || ticket_id as key from time_entries where id = any($2::bigint[])`;
  await take(session, 'shared', tickets, [bridgeId, [...entryIds]]);
}

/**
 * For decisions that come into force: a plan that was made without them would ask again what is decided. Gaps and
 * guards hold any number of tickets and are planned anew as a whole.
 */
export async function lockTicketsOfCases(session: Session, conflictIds: readonly string[]): Promise<void> {
  const tickets = `select c.bridge_id || '/' || e.ticket_id as key from conflicts c
     join conflict_entries ce on ce.conflict_id = c.id join time_entries e on e.id = ce.time_entry_id
     where c.id = any($1::bigint[]) and c.subject like 'lead:%'`;
  await take(session, 'shared', tickets, [[...conflictIds]]);
}
