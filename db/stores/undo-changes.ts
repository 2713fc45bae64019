import type { Timesheet } from '../../domain/timesheet.js';
import type { UndoCase } from '../../domain/undo.js';
import { rows, type Session } from '../sql.js';
import { TIMESHEET_COLUMNS, timesheetOf, type TimesheetRow } from './timesheet-row.js';

export type UndoKind = 'decision' | 'bulk' | 'run';
/** What is taken back. */
export type UndoSubject = { readonly kind: UndoKind; readonly subjectId: string };

/** Changes of links that a subject made by itself and that were not taken back; $1 kind, $2 its id. */
export const CHANGES = `link_changes lc where lc.undo_id is null and case $1::text
  when 'run' then lc.run_id::text = $2 and lc.cause ->> 'kind' <> 'decision'
  when 'bulk' then lc.decision_id in (select id from decisions where bulk_id::text = $2) and lc.cause ->> 'kind' = 'decision'
  else lc.decision_id::text = $2 and (lc.cause ->> 'decisionId' = $2
    or lc.lead_entry_id::text = (select d.parameters ->> 'targetId' from decisions d where d.id::text = $2)) end`;

export const subjectBinds = ({ kind, subjectId }: UndoSubject) => [kind, subjectId];

export type LinkBefore = NonNullable<UndoCase['linkBefore']>;
/** What a subject did about one lead, with the link as it was before all of it. */
export type LeadChanges = Pick<UndoCase, 'leadId' | 'writes' | 'linkBefore' | 'changedLater' | 'rows'> & {
  readonly bridgeId: string;
  readonly ticketNumber: string | null;
};

type ChangeRow = {
  id: string;
  bridge_id: string;
  lead: string;
  before: LinkBefore | null;
  ticket_number: string | null;
  ledger_id: string | null;
  row_before: Timesheet | null;
  row_after: Timesheet | null;
  later: boolean;
  target: string;
};

/** What a subject changed, lead by lead; `leads` null: all of them. */
export async function readChanges(
  session: Session,
  subject: UndoSubject,
  leads: readonly string[] | null,
): Promise<LeadChanges[]> {
  const changes = await rows<ChangeRow>(
    session,
    `with mine as (select lc.* from ${CHANGES} and ($3::bigint[] is null or lc.lead_entry_id = any($3::bigint[])))
     select m.id, m.bridge_id, m.lead_entry_id::text as lead, m.before, t.number as ticket_number, m.ledger_id,
       nullif(l.before, 'null'::jsonb) as row_before, nullif(l.answer, 'null'::jsonb) as row_after,
       b.target_connector_id as target,
       exists (select 1 from link_changes o where o.bridge_id = m.bridge_id and o.lead_entry_id = m.lead_entry_id
         and o.id > m.id and o.undo_id is null and o.id not in (select id from mine)) as later
     from mine m join bridges b on b.id = m.bridge_id join time_entries e on e.id = m.lead_entry_id
     left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
     left join ledger l on l.id = m.ledger_id order by m.lead_entry_id, m.id`,
    [...subjectBinds(subject), leads === null ? null : [...leads]],
  );
  const byLead = new Map<string, ChangeRow[]>();
  for (const change of changes) byLead.set(change.lead, [...(byLead.get(change.lead) ?? []), change]);
  const current = await readRowsOf(session, changes);
  return [...byLead.values()].flatMap((group) => {
    const [oldest] = group;
    if (oldest === undefined) return [];
    const writes = group.flatMap((change) =>
      change.ledger_id === null ? [] : [{ before: change.row_before, after: change.row_after }],
    );
    const changedLater = group.some(({ later }) => later);
    const { lead, bridge_id, ticket_number, before } = oldest;
    return [
      {
        leadId: lead,
        bridgeId: bridge_id,
        ticketNumber: ticket_number,
        writes,
        linkBefore: before,
        changedLater,
        rows: current,
      },
    ];
  });
}

async function readRowsOf(
  session: Session,
  changes: readonly ChangeRow[],
): Promise<ReadonlyMap<string, Timesheet>> {
  const ids = changes.flatMap(({ row_before, row_after }) => [row_before?.externalId, row_after?.externalId]);
  const found = await rows<TimesheetRow>(
    session,
    `select ${TIMESHEET_COLUMNS} from timesheets t where t.connector_id = any($1::text[]) and t.external_id = any($2::text[])`,
    [[...new Set(changes.map(({ target }) => target))], ids.filter((id) => id !== undefined)],
  );
  return new Map(found.map(timesheetOf).map((timesheet) => [timesheet.externalId, timesheet]));
}

/** These changes are taken back. */
export async function markChangesUndone(
  session: Session,
  subject: UndoSubject,
  undoId: string,
  leadId: string,
): Promise<void> {
  await rows(
    session,
    `update link_changes set undo_id = $3 where id in (select lc.id from ${CHANGES} and lc.lead_entry_id = $4) returning 1`,
    [...subjectBinds(subject), undoId, leadId],
  );
}
