import { reason } from '../../domain/reason.js';
import { affected, row, rows, type Session } from '../sql.js';

/** What a run did, planned and reported by itself so far, by the classes that a guard measures. */
export async function countInGuardedRun(
  session: Session,
  runId: string,
): Promise<{ readonly updates: number; readonly deletes: number }> {
  const found = await row<{ updates: string; deletes: string; reports: string }>(
    session,
    `select count(*) filter (where operation = 'update') as updates,
       count(*) filter (where operation = 'delete') as deletes,
       (select count(*) from conflicts c where c.run_id = $1 and c.kind in ('source_deleted', 'target_deleted')
          and (c.state <> 'closed' or c.closed_why = 'replaced')) as reports
     from ledger where run_id = $1 and decision_id is null and state in ('planned', 'held', 'claimed', 'sent', 'done')`,
    [runId],
  );
  return { updates: Number(found?.updates ?? 0), deletes: Number(found?.deletes) + Number(found?.reports) };
}

/** True once an admin let this guard go ahead. */
export const isReleased = async (session: Session, bridgeId: string, subject: string): Promise<boolean> =>
  (await row(
    session,
    `select 1 from decisions where bridge_id = $1 and subject = $2 and choice = 'go_ahead'
       and state in ('applying', 'applied')`,
    [bridgeId, subject],
  )) !== undefined;

/** True when this decision let a guard go ahead: what it held is not counted a second time. */
export const isGuardReleasedBy = async (session: Session, decisionId: string | null): Promise<boolean> =>
  decisionId !== null &&
  (await row(session, `select 1 from decisions where id = $1 and kind = 'guard' and choice = 'go_ahead'`, [
    decisionId,
  ])) !== undefined;

/**
 * Takes the deletions that a run reports out of the inbox until the guard is decided: their cases are replaced by it,
 * and their entries say what they wait for. Returns the ids of the cases.
 */
export async function holdReports(session: Session, runId: string, subject: string): Promise<string[]> {
  const held = await rows<{ id: string }>(
    session,
    `update conflicts set state = 'closed', closed_at = now(), closed_why = 'replaced', updated_at = now()
     where run_id = $1 and kind in ('source_deleted', 'target_deleted') and state = 'open' returning id`,
    [runId],
  );
  const ids = held.map(({ id }) => id);
  await rows(
    session,
    `update bridge_entries b set state = 'waiting', why = $2::jsonb, updated_at = now()
     from conflicts c join conflict_entries ce on ce.conflict_id = c.id
     where c.id = any($1::bigint[]) and b.bridge_id = c.bridge_id and b.time_entry_id = ce.time_entry_id returning 1`,
    [ids, JSON.stringify(reason('held_by_guard', { guard: subject }))],
  );
  return ids;
}

const IS_HELD = `bridge_id = $1 and why ->> 'code' = 'held_by_guard' and why -> 'facts' ->> 'guard' = $2`;

/** Entries that a guard held back are looked at again. */
export const markHeldDirty = (session: Session, bridgeId: string, subject: string): Promise<number> =>
  affected(session, `update bridge_entries set dirty = true where ${IS_HELD} returning 1`, [
    bridgeId,
    subject,
  ]);

/** The admin dropped what a run would have done: its entries are left as they are, until their facts change. */
export async function skipHeld(session: Session, bridgeId: string, subject: string): Promise<void> {
  await rows(
    session,
    `update bridge_entries set state = 'skipped', why = $3::jsonb, updated_at = now()
     where (${IS_HELD}) or (bridge_id = $1 and time_entry_id in (
       select (m ->> 'entryId')::bigint from ledger l, jsonb_array_elements(l.step #> '{step,members}') m
         where l.bridge_id = $1 and l.state = 'held' and l.cause ->> 'guard' = $2
       union all select lead_entry_id from ledger where bridge_id = $1 and state = 'held' and cause ->> 'guard' = $2))
     returning 1`,
    [bridgeId, subject, JSON.stringify(reason('decided', { choice: 'drop' }))],
  );
}

/** A system may have been restored from a backup: nothing is written by this bridge until an admin has looked. */
export const stopRestored = (session: Session, bridgeId: string): Promise<number> =>
  affected(
    session,
    `update bridges set paused_cause = $2::jsonb, updated_at = now()
     where id = $1 and paused_cause is null returning 1`,
    [bridgeId, JSON.stringify(reason('guard_stopped'))],
  );

/** The admin has looked: entries are taken as they are now, and the bridge goes on. */
export async function goOnAfterRestore(session: Session, bridgeId: string): Promise<void> {
  await rows(
    session,
    `update bridge_entries b set frozen_booked_at = e.booked_at, frozen_entry_date = e.entry_date, dirty = true
     from time_entries e where b.bridge_id = $1 and e.id = b.time_entry_id and e.deleted_at is null
       and b.frozen_booked_at <> e.booked_at returning 1`,
    [bridgeId],
  );
  await rows(
    session,
    `update bridges set paused_cause = null, updated_at = now()
     where id = $1 and paused_cause ->> 'code' = 'guard_stopped' returning 1`,
    [bridgeId],
  );
}
