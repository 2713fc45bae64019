import { rows, type Session } from '../../../db/sql.js';
import type { Company } from '../stage/company.js';

/** What the installation holds about its entries, one line each: beside the story it tells how a finding came about. */
const HELD: Readonly<Record<string, string>> = {
  entry: `select e.id, e.source_id, e.ticket_id, e.user_id, e.seconds, e.read_at, e.source_updated_at, e.deleted_at, b.state,
     b.why ->> 'code' as why, b.dirty, b.reverted_at from time_entries e
     join bridge_entries b on b.time_entry_id = e.id where b.bridge_id = $1 order by e.ticket_id, e.id`,
  link: `select l.lead_entry_id, l.accepted_seconds, l.rounding_seconds, l.closed,
     (select json_agg(json_build_array(m.time_entry_id, m.signed_seconds)) from link_members m where m.link_id = l.id) as members,
     (select json_agg(json_build_array(t.external_id, t.target_base ->> 'seconds')) from link_timesheets t
      where t.link_id = l.id) as rows from links l
     where l.bridge_id = $1 order by l.lead_entry_id`,
  write: `select id, lead_entry_id, external_id, operation, state, attempts, lookups, sent_at, answered_at, decision_id,
     cause, answer ->> 'code' as refusal from ledger where bridge_id = $1 order by id`,
  row: `select external_id, user_id, seconds, day, exported, read_at, deleted_at from timesheets
     where connector_id = (select target_connector_id from bridges where id = $1) order by id`,
  case: `select id, subject, kind, state, closed_why, reopened_why, closing_decision_id from conflicts
     where bridge_id = $1 order by id`,
  decision: `select d.id, conflict_id, bulk_id, d.kind, choice, d.state, outcome from decisions d
     join conflicts c on c.id = d.conflict_id where c.bridge_id = $1 order by decided_at`,
  run: `select id, state, full_comparison, error, started_at, finished_at from sync_runs where bridge_id = $1 order by id`,
  cursor: `select name, value, updated_at from cursors where connector_id in (
     select unnest(array[source_connector_id, target_connector_id]) from bridges where id = $1) order by name`,
};

/** Both systems' books and ours, as they are now. */
export async function gatherEvidence(company: Company, session: Session): Promise<readonly string[]> {
  const lines: string[] = [];
  const add = (what: string, items: readonly object[]): void =>
    void lines.push(...items.map((item) => `${what} ${JSON.stringify(item)}`));
  add('Zammad', await company.entries());
  add('Kimai', await company.sheets());
  for (const [what, sql] of Object.entries(HELD)) add(what, await rows(session, sql, [company.bridge]));
  return lines;
}
