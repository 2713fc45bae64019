import type { BookedEntry } from '../../domain/reconcile-input.js';
import type { Link } from '../../domain/link.js';
import type { Mapped } from '../../domain/policies.js';
import type { Timesheet } from '../../domain/timesheet.js';
import type { Day } from '../../domain/time-entry.js';
import { addDays } from '../../domain/zone.js';
import { rows, type Session } from '../sql.js';
import type { BridgeContext } from './bridge-rules.js';
import { TIMESHEET_COLUMNS, timesheetOf, type TimesheetRow } from './timesheet-row.js';

/** How far a row may be from an entry's day and still be its counterpart (books.md, "Matching"). */
const NEAR_DAYS = 3;

/** Days of one person in the target, the first and the last included. */
export type Span = { readonly userId: string; readonly from: Day; readonly to: Day };

/**
 * The days around these entries, by the person that they are mapped to. Spans of a person do not touch, so that a row
 * is looked up once, however many entries it is near to.
 */
export function spansAround(
  entries: readonly Pick<BookedEntry, 'frozen'>[],
  users: Readonly<Record<string, Mapped>>,
): readonly Span[] {
  const days = new Map<string, Set<Day>>();
  for (const { frozen } of entries) {
    const mapped = users[frozen.userId];
    if (mapped === undefined || 'ignored' in mapped) continue;
    const known = days.get(mapped.targetId) ?? new Set();
    days.set(mapped.targetId, known.add(frozen.entryDate));
  }
  return [...days].flatMap(([userId, known]) => spansOf(userId, [...known].sort()));
}

function spansOf(userId: string, sorted: readonly Day[]): readonly Span[] {
  const spans: Span[] = [];
  for (const day of sorted) {
    const [from, to] = [addDays(day, -NEAR_DAYS), addDays(day, NEAR_DAYS)];
    const last = spans.at(-1);
    if (last !== undefined && from <= addDays(last.to, 1)) spans[spans.length - 1] = { ...last, to };
    else spans.push({ userId, from, to });
  }
  return spans;
}

/**
 * Linked rows, and unlinked ones of the entries' persons around their days. Each is looked up by its key (`offset 0`): else
 * the planner goes through all links of the target for the sake of one ticket.
 */
export async function readNearbyRows(
  session: Session,
  context: BridgeContext,
  entries: readonly BookedEntry[],
  links: readonly Link[],
): Promise<Timesheet[]> {
  const linked = links.flatMap((link) => link.rows.map((r) => r.externalId));
  const spans = spansAround(entries, context.rules.mappings.users);
  const found = await rows<TimesheetRow>(
    session,
    `select ${TIMESHEET_COLUMNS} from timesheets t where t.connector_id = $1 and t.external_id = any($2::text[])
     union all
     select ${TIMESHEET_COLUMNS} from unnest($3::text[], $4::date[], $5::date[]) as s (user_id, from_day, to_day)
       cross join lateral (select * from timesheets t where t.connector_id = $1 and t.user_id = s.user_id
         and t.day between s.from_day and s.to_day and t.deleted_at is null offset 0) t
     where not exists (select 1 from link_timesheets lt
       where lt.target_connector_id = $1 and lt.external_id = t.external_id offset 0)`,
    [
      context.targetConnectorId,
      linked,
      spans.map(({ userId }) => userId),
      spans.map(({ from }) => from),
      spans.map(({ to }) => to),
    ],
  );
  return found.map(timesheetOf);
}
