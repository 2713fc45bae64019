import type { EntryOutcome } from '../../domain/plan.js';
import { affected, rows, type Session } from '../sql.js';

/*
 * `dirty` is set without looking at a snapshot whether it is set already: the statement then waits for a reconciliation
 * that holds the row, and is not lost between its reading and its commit. (A conflict locks the row before it looks.)
 */

/**
 * Brings entries to the attention of every bridge that reads their connector: new ones are booked with their person
 * and time frozen at first sight, known ones are marked dirty.
 */
export async function noteEntries(
  session: Session,
  connectorId: string,
  entryIds: readonly string[],
): Promise<void> {
  if (entryIds.length === 0) return;
  await rows(
    session,
    `insert into bridge_entries as b (bridge_id, time_entry_id, state, frozen_user_id, frozen_booked_at, frozen_entry_date)
     select br.id, e.id, 'new', e.user_id, e.booked_at, e.entry_date
     from time_entries e join bridges br on br.source_connector_id = e.connector_id
     where e.connector_id = $1 and e.id = any($2::bigint[])
     on conflict (bridge_id, time_entry_id) do update set dirty = true where not b.dirty
     returning time_entry_id`,
    [connectorId, [...entryIds]],
  );
}

/**
 * Marks what rows of the target concern: the leads they are linked to, and entries that wait for a person within
 * three days of them (a new row may be the one they miss).
 */
export async function noteTimesheets(
  session: Session,
  connectorId: string,
  externalIds: readonly string[],
): Promise<void> {
  if (externalIds.length === 0) return;
  await rows(
    session,
    `update bridge_entries b set dirty = true
     where exists (
       select 1 from link_timesheets lt join links l on l.id = lt.link_id
       where lt.target_connector_id = $1 and lt.external_id = any($2::text[])
         and l.bridge_id = b.bridge_id and l.lead_entry_id = b.time_entry_id)
     returning time_entry_id`,
    [connectorId, [...externalIds]],
  );
  await rows(
    session,
    `update bridge_entries b set dirty = true from bridges br
     where br.id = b.bridge_id and br.target_connector_id = $1 and b.state in ('waiting', 'pending')
       and exists (select 1 from timesheets t where t.connector_id = $1 and t.external_id = any($2::text[])
         and b.frozen_entry_date between t.day - 3 and t.day + 3)
     returning time_entry_id`,
    [connectorId, [...externalIds]],
  );
}

/** Entries of these conflicts are looked at again. */
export const markConflictsDirty = (session: Session, conflictIds: readonly string[]): Promise<number> =>
  affected(
    session,
    `update bridge_entries b set dirty = true from conflicts c join conflict_entries ce on ce.conflict_id = c.id
     where c.id = any($1::bigint[]) and b.bridge_id = c.bridge_id and b.time_entry_id = ce.time_entry_id returning 1`,
    [[...conflictIds]],
  );

/** These entries are looked at again. */
export const markEntriesDirty = (
  session: Session,
  bridgeId: string,
  entryIds: readonly string[],
): Promise<number> =>
  affected(
    session,
    `update bridge_entries set dirty = true where bridge_id = $1 and time_entry_id = any($2::bigint[])
     returning 1`,
    [bridgeId, [...entryIds]],
  );

/**
 * Books every entry of the source that this bridge does not know yet (a bridge that was added later). Asked by each run,
 * and mostly there is none: `except` passes each side once, where a join may look each entry up.
 */
export const bookUnknownEntries = (session: Session, bridgeId: string): Promise<number> =>
  affected(
    session,
    `with unknown as (
       select e.id from time_entries e
       where e.connector_id = (select source_connector_id from bridges where id = $1) and e.deleted_at is null
       except select time_entry_id from bridge_entries where bridge_id = $1)
     insert into bridge_entries (bridge_id, time_entry_id, state, frozen_user_id, frozen_booked_at, frozen_entry_date)
     select $1, e.id, 'new', e.user_id, e.booked_at, e.entry_date from time_entries e join unknown on unknown.id = e.id
     on conflict do nothing returning 1`,
    [bridgeId],
  );

/**
 * The entries of these tickets are being looked at: until the transaction ends, whatever marks them waits, and marks them
 * again after it. Returns the ids of those that are dirty.
 */
export async function holdDirty(
  session: Session,
  bridgeId: string,
  ticketIds: readonly string[],
): Promise<string[]> {
  const held = await rows<{ id: string }>(
    session,
    `select b.time_entry_id::text as id from bridge_entries b, bridges br, time_entries e
     where b.bridge_id = $1 and b.dirty and br.id = b.bridge_id and e.id = b.time_entry_id
       and e.connector_id = br.source_connector_id and e.ticket_id = any($2::text[]) for no key update of b`,
    [bridgeId, [...ticketIds]],
  );
  return held.map(({ id }) => id);
}

/** Keeps where each entry stands after a plan; those that were held are dirty no more. */
export async function storePlanned(
  session: Session,
  bridgeId: string,
  heldIds: readonly string[],
  outcomes: readonly EntryOutcome[],
): Promise<void> {
  const placed = new Set(outcomes.map(({ entryId }) => entryId));
  const unplaced = heldIds.filter((id) => !placed.has(id));
  if (unplaced.length > 0)
    await rows(
      session,
      `update bridge_entries set dirty = false where bridge_id = $1 and time_entry_id = any($2::bigint[]) returning 1`,
      [bridgeId, unplaced],
    );
  await placeEntries(session, bridgeId, outcomes, new Set(heldIds));
}

/** Where entries stand after a write. Settings are re-applied to an entry until it rests again. */
export const storeOutcomes = (
  session: Session,
  bridgeId: string,
  outcomes: readonly EntryOutcome[],
): Promise<void> => placeEntries(session, bridgeId, outcomes, new Set());

async function placeEntries(
  session: Session,
  bridgeId: string,
  outcomes: readonly EntryOutcome[],
  held: ReadonlySet<string>,
): Promise<void> {
  if (outcomes.length === 0) return;
  await rows(
    session,
    `update bridge_entries b set state = o.state, why = o.why, dirty = b.dirty and not o.held,
       updated_at = case when (b.state, b.why) is distinct from (o.state, o.why) then now() else b.updated_at end,
       reapply = b.reapply and o.state not in ('agreed', 'skipped')
     from unnest($2::bigint[], $3::text[], $4::jsonb[], $5::bool[]) as o (id, state, why, held)
     where b.bridge_id = $1 and b.time_entry_id = any($2::bigint[]) and b.time_entry_id = o.id
       and (b.reapply or (b.dirty and o.held) or (b.state, b.why) is distinct from (o.state, o.why))
     returning b.time_entry_id`,
    [
      bridgeId,
      outcomes.map((o) => o.entryId),
      outcomes.map((o) => o.state),
      outcomes.map((o) => JSON.stringify(o.why)),
      outcomes.map((o) => held.has(o.entryId)),
    ],
  );
}

/** Today's mappings and template are re-applied to what is written, by the next run; how many entries that looks at. */
export const markReapplied = (session: Session, bridgeId: string): Promise<number> =>
  affected(
    session,
    `update bridge_entries b set dirty = true, reapply = true from links l
     where b.bridge_id = $1 and l.bridge_id = b.bridge_id and l.lead_entry_id = b.time_entry_id and not l.closed
       and b.state <> 'before_start' returning 1`,
    [bridgeId],
  );

/** Counts by state, with the hours in them. */
export const countByState = (session: Session, bridgeId: string) =>
  rows<{ state: string; entries: string; seconds: string }>(
    session,
    `select b.state, count(*) as entries, coalesce(sum(e.seconds), 0) as seconds
     from bridge_entries b join time_entries e on e.id = b.time_entry_id
     where b.bridge_id = $1 and e.deleted_at is null group by b.state`,
    [bridgeId],
  );
