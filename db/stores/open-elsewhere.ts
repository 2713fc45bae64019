import { lockOf } from '../../domain/locks.js';
import type { OpenElsewhere } from '../../domain/reconcile-input.js';
import { rows, type Session } from '../sql.js';
import { ENTRY_COLUMNS, bookedEntry, readLinks, type Books, type EntryRow } from './books.js';
import type { BridgeContext } from './bridge-rules.js';
import { TIMESHEET_COLUMNS, timesheetOf, type TimesheetRow } from './timesheet-row.js';

/** More open rows of one project than this nobody looks through. */
const ROWS_A_PROJECT = 20;

/**
 * Written leads of other tickets with open rows on the projects whose exported or closed rows are looked at: less time
 * there may be deducted from them. Only leads that rest, so that a write to their row changes nothing else about them.
 */
export async function readOpenElsewhere(
  session: Session,
  { rules, targetConnectorId }: BridgeContext,
  books: Pick<Books, 'entries' | 'links' | 'rows'>,
): Promise<OpenElsewhere[]> {
  const linked = new Set(books.links.flatMap((link) => link.rows.map((row) => row.externalId)));
  const locked = books.rows.filter(
    (row) => linked.has(row.externalId) && lockOf(row, rules.closedUntil) !== null,
  );
  const projects = [...new Set(locked.map((row) => row.projectId))];
  if (projects.length === 0) return [];
  const ids = (
    await rows<{ id: string }>(
      session,
      `select distinct o.id from unnest($3::text[]) as p (project_id) cross join lateral (
         select l.lead_entry_id::text as id from timesheets t
           join link_timesheets lt on lt.target_connector_id = t.connector_id and lt.external_id = t.external_id
           join links l on l.id = lt.link_id and l.bridge_id = $1 and not l.closed
           join bridge_entries b on b.bridge_id = $1 and b.time_entry_id = l.lead_entry_id
         where t.connector_id = $2 and t.project_id = p.project_id and not t.exported and t.unreadable is null
           and t.end_at is not null and t.deleted_at is null and t.day > coalesce($4::date, '-infinity')
           and b.state = 'agreed' and not b.dirty and l.lead_entry_id <> all($5::bigint[])
         order by t.begin_at desc limit $6) o`,
      [
        rules.bridgeId,
        targetConnectorId,
        projects,
        rules.closedUntil,
        books.entries.map(({ entry }) => entry.id),
        ROWS_A_PROJECT,
      ],
    )
  ).map(({ id }) => id);
  if (ids.length === 0) return [];
  const leads = await rows<EntryRow>(
    session,
    `select ${ENTRY_COLUMNS} from time_entries e
       join bridge_entries b on b.time_entry_id = e.id and b.bridge_id = $1
       left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
     where e.id = any($2::bigint[]) and e.deleted_at is null`,
    [rules.bridgeId, ids],
  );
  const links = await readLinks(session, rules.bridgeId, ids);
  const timesheets = await rows<TimesheetRow>(
    session,
    `select ${TIMESHEET_COLUMNS} from timesheets t where t.connector_id = $1 and t.external_id = any($2::text[])`,
    [targetConnectorId, links.flatMap((link) => link.rows.map((row) => row.externalId))],
  );
  const byId = new Map(timesheets.map((row) => [row.externalId, timesheetOf(row)]));
  return leads.map(bookedEntry).flatMap((lead) => {
    const link = links.find(({ leadId }) => leadId === lead.entry.id);
    if (link === undefined) return [];
    return [{ lead, link, rows: link.rows.flatMap((row) => byId.get(row.externalId) ?? []) }];
  });
}
