import type { Instant } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { rows, type Session } from '../sql.js';
import { NOT_OLDER } from './read-order.js';

const column = <V>(items: readonly Timesheet[], pick: (item: Timesheet) => V): V[] => items.map(pick);

/** Stores rows of the target; unchanged ones are not touched, older reads lose. Returns the external ids that differ. */
export async function stageTimesheets(
  session: Session,
  connectorId: string,
  items: readonly Timesheet[],
): Promise<readonly string[]> {
  const page = [...new Map(items.map((item) => [item.externalId, item])).values()];
  if (page.length === 0) return [];
  const changed = await rows<{ external_id: string }>(
    session,
    `insert into timesheets as t (connector_id, external_id, user_id, project_id, activity_id, begin_at, end_at, seconds,
       day, description, tags, exported, billable, rate, read_at, unreadable, break_seconds)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
       $8::int[], $9::date[], $10::text[], $11::jsonb[], $12::bool[], $13::bool[], $14::numeric[], $15::timestamptz[],
       $16::text[], $17::int[])
     on conflict (connector_id, external_id) do update set user_id = excluded.user_id,
       project_id = excluded.project_id, activity_id = excluded.activity_id, begin_at = excluded.begin_at,
       end_at = excluded.end_at, seconds = excluded.seconds, day = excluded.day, description = excluded.description,
       tags = excluded.tags, exported = excluded.exported, billable = excluded.billable, rate = excluded.rate,
       read_at = excluded.read_at, unreadable = excluded.unreadable, break_seconds = excluded.break_seconds,
       deleted_at = null
     where ${NOT_OLDER}
       and (t.user_id, t.project_id, t.activity_id, t.begin_at, t.end_at, t.seconds, t.description, t.tags, t.exported,
            t.billable, t.rate, t.unreadable, t.break_seconds, t.deleted_at)
         is distinct from (excluded.user_id, excluded.project_id, excluded.activity_id, excluded.begin_at,
            excluded.end_at, excluded.seconds, excluded.description, excluded.tags, excluded.exported,
            excluded.billable, excluded.rate, excluded.unreadable, excluded.break_seconds, null::timestamptz)
     returning external_id`,
    [
      connectorId,
      column(page, (r) => r.externalId),
      column(page, (r) => r.userId),
      column(page, (r) => r.projectId),
      column(page, (r) => r.activityId),
      column(page, (r) => r.begin),
      column(page, (r) => r.end),
      column(page, (r) => r.seconds),
      column(page, (r) => r.day),
      column(page, (r) => r.description),
      column(page, (r) => JSON.stringify(r.tags)),
      column(page, (r) => r.exported),
      column(page, (r) => r.billable),
      column(page, (r) => r.rate),
      column(page, (r) => r.readAt),
      column(page, (r) => r.unreadable),
      column(page, (r) => r.breakSeconds ?? 0),
    ],
  );
  return changed.map((r) => r.external_id);
}

/**
 * Stores what the target answered to writes of ours. Returns the external ids of which we hold a later reading already:
 * somebody may have changed them before their link said what was agreed, so their entries are to be looked at again.
 */
export async function stageAnswers(
  session: Session,
  connectorId: string,
  records: readonly Timesheet[],
): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set();
  await stageTimesheets(session, connectorId, records);
  const later = await rows<{ external_id: string }>(
    session,
    // One by one by the key (offset 0): while the table fills, the planner takes a connector's rows for a handful.
    `select answer.external_id from unnest($2::text[], $3::timestamptz[]) as answer (external_id, read_at)
     cross join lateral (select read_at from timesheets t
       where t.connector_id = $1 and t.external_id = answer.external_id offset 0) known
     where known.read_at > answer.read_at`,
    [connectorId, column(records, (r) => r.externalId), column(records, (r) => r.readAt)],
  );
  return new Set(later.map((r) => r.external_id));
}

/** A tombstone, after the proof of a 404. */
export async function markTimesheetDeleted(
  session: Session,
  connectorId: string,
  externalId: string,
  at: Instant,
) {
  await rows(
    session,
    `update timesheets set deleted_at = $3, read_at = $3
     where connector_id = $1 and external_id = $2 and deleted_at is null returning id`,
    [connectorId, externalId, at],
  );
}

/** External ids of rows from a day on that we believe to be there and that are not among these. */
export async function unlistedTimesheets(
  session: Session,
  connectorId: string,
  fromDay: string,
  listed: ReadonlySet<string>,
): Promise<string[]> {
  const found = await rows<{ external_id: string }>(
    session,
    `select external_id from timesheets where connector_id = $1 and day >= $2::date and deleted_at is null
     except select jsonb_array_elements_text($3::jsonb)`,
    [connectorId, fromDay, JSON.stringify([...listed])],
  );
  return found.map((r) => r.external_id);
}
