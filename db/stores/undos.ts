import type { LinkedRow } from '../../domain/link.js';
import type { Reason } from '../../domain/reason.js';
import type { UndoAction, UndoCase } from '../../domain/undo.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { affected, row, rows, type Session } from '../sql.js';
import { TIMESHEET_COLUMNS, timesheetOf, type TimesheetRow } from './books.js';

export type UndoKind = 'decision' | 'bulk' | 'run';
/** What is taken back. */
export type UndoSubject = { readonly kind: UndoKind; readonly subjectId: string };

export type Undo = UndoSubject & {
  readonly id: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly state: 'open' | 'done';
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

export type UndoItemState = 'pending' | 'writing' | 'undone' | 'left';
export type UndoItem = {
  readonly leadId: string;
  readonly bridgeId: string;
  readonly ticketNumber: string | null;
  readonly state: UndoItemState;
  readonly action: UndoAction | null;
  readonly fields: readonly string[];
  readonly remaining: readonly Reason[];
};

const COLUMNS = `id, kind, subject_id as "subjectId", actor_id as "actorId", actor_name as "actorName", state,
  created_at as "createdAt", finished_at as "finishedAt"`;

/** Changes of links that a subject made by itself and that were not taken back; $1 kind, $2 its id. */
const CHANGES = `link_changes lc where lc.undo_id is null and case $1::text
  when 'run' then lc.run_id::text = $2 and lc.cause ->> 'kind' <> 'decision'
  when 'bulk' then lc.decision_id in (select id from decisions where bulk_id::text = $2) and lc.cause ->> 'kind' = 'decision'
  else lc.decision_id::text = $2 and (lc.cause ->> 'decisionId' = $2
    or lc.lead_entry_id::text = (select d.parameters ->> 'targetId' from decisions d where d.id::text = $2)) end`;

const subjectBinds = ({ kind, subjectId }: UndoSubject) => [kind, subjectId];

/** Opens an undoing with an item for each lead; the one that is open already is found again. */
export async function openUndo(
  session: Session,
  undo: UndoSubject & { readonly id: string; readonly actorId: string; readonly actorName: string },
): Promise<string> {
  const opened = await affected(
    session,
    `insert into undos (id, kind, subject_id, actor_id, actor_name, state) values ($1, $2, $3, $4, $5, 'open')
     on conflict (kind, subject_id) where state = 'open' do nothing returning 1`,
    [undo.id, undo.kind, undo.subjectId, undo.actorId, undo.actorName],
  );
  if (opened === 0) {
    const known = await row<{ id: string }>(
      session,
      `select id from undos where kind = $1 and subject_id = $2 and state = 'open'`,
      subjectBinds(undo),
    );
    if (known !== undefined) return known.id;
  }
  await rows(
    session,
    `insert into undo_items (undo_id, bridge_id, lead_entry_id)
     select distinct $3::uuid, lc.bridge_id, lc.lead_entry_id from ${CHANGES} returning 1`,
    [...subjectBinds(undo), undo.id],
  );
  return undo.id;
}

export const readUndo = (session: Session, id: string): Promise<Undo | undefined> =>
  row<Undo>(session, `select ${COLUMNS} from undos where id = $1`, [id]);

/** Undoings that a process should be working on. */
export const unfinishedUndos = (session: Session): Promise<Undo[]> =>
  rows<Undo>(session, `select ${COLUMNS} from undos where state = 'open' order by created_at`);

export async function closeUndo(session: Session, id: string): Promise<boolean> {
  const sql = `update undos set state = 'done', finished_at = now() where id = $1 and state = 'open' returning 1`;
  return (await affected(session, sql, [id])) === 1;
}

export async function bridgesOfUndo(session: Session, id: string): Promise<string[]> {
  const found = await rows<{ bridge_id: string }>(
    session,
    'select distinct bridge_id from undo_items where undo_id = $1 order by bridge_id',
    [id],
  );
  return found.map((r) => r.bridge_id);
}

export const undoItems = (session: Session, id: string): Promise<UndoItem[]> =>
  rows<UndoItem>(
    session,
    `select i.lead_entry_id::text as "leadId", i.bridge_id as "bridgeId", t.number as "ticketNumber", i.state, i.action,
       i.fields, i.remaining
     from undo_items i join time_entries e on e.id = i.lead_entry_id
     left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
     where i.undo_id = $1 order by i.lead_entry_id`,
    [id],
  );

/** Leads that are still to be planned, by bridge. */
export const pendingLeads = (session: Session, id: string, limit: number) =>
  rows<{ leadId: string; bridgeId: string; attempts: number }>(
    session,
    `select lead_entry_id::text as "leadId", bridge_id as "bridgeId", attempts from undo_items
     where undo_id = $1 and state = 'pending' order by lead_entry_id limit $2 for update`,
    [id, limit],
  );

export async function moveUndoItem(
  session: Session,
  at: { readonly undoId: string; readonly leadId: string },
  to: {
    readonly state: UndoItemState;
    readonly action?: UndoAction;
    readonly fields?: readonly string[];
    readonly remaining?: readonly Reason[];
  },
): Promise<void> {
  await rows(
    session,
    `update undo_items set state = $3, action = coalesce($4, action), fields = coalesce($5::jsonb, fields),
       remaining = coalesce($6::jsonb, remaining),
       attempts = attempts + case when $3 = 'pending' then 1 else 0 end
     where undo_id = $1 and lead_entry_id = $2 returning 1`,
    [
      at.undoId,
      at.leadId,
      to.state,
      to.action ?? null,
      to.fields === undefined ? null : JSON.stringify(to.fields),
      to.remaining === undefined ? null : JSON.stringify(to.remaining),
    ],
  );
}

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

/** Decisions that wrote and linked nothing (*skip*, *leave*) are no longer in force; their questions are asked again. */
export async function dropEmptyDecisions(
  session: Session,
  { kind, subjectId }: UndoSubject,
): Promise<string[]> {
  const found = await rows<{ conflict_id: string }>(
    session,
    `update decisions d set state = 'withdrawn', outcome = '{"code":"undone","facts":{}}'
     where d.state = 'applied' and d.subject like 'lead:%'
       and case $1::text when 'decision' then d.id::text = $2 when 'bulk' then d.bulk_id::text = $2 else false end
       and not exists (select 1 from link_changes lc where lc.decision_id = d.id)
     returning d.conflict_id`,
    [kind, subjectId],
  );
  return found.map((r) => r.conflict_id);
}

export type RestoredRow = Pick<LinkedRow, 'externalId' | 'role' | 'sequence' | 'targetBase'>;

/** The link as it was: bases, members and rows. */
export async function restoreLink(
  session: Session,
  at: { readonly bridgeId: string; readonly leadId: string },
  before: LinkBefore,
  linked: readonly RestoredRow[],
): Promise<void> {
  const link = await row<{ id: string; target: string }>(
    session,
    `update links set source_base = $3::jsonb, accepted_seconds = $4, rounding_seconds = $5, closed = $6, updated_at = now()
     where bridge_id = $1 and lead_entry_id = $2 returning id, target_connector_id as target`,
    [
      at.bridgeId,
      at.leadId,
      JSON.stringify(before.sourceBase),
      before.acceptedSeconds,
      before.roundingSeconds,
      before.closed,
    ],
  );
  if (link === undefined) return;
  await rows(session, 'delete from link_members where link_id = $1 returning 1', [link.id]);
  await rows(
    session,
    `insert into link_members (link_id, time_entry_id, signed_seconds) select $1, * from unnest($2::bigint[], $3::int[])
     returning 1`,
    [link.id, before.members.map((m) => m.entryId), before.members.map((m) => m.signedSeconds)],
  );
  await rows(session, 'delete from link_timesheets where link_id = $1 returning 1', [link.id]);
  await rows(
    session,
    `insert into link_timesheets (link_id, target_connector_id, external_id, role, sequence, target_base)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::int[], $6::jsonb[]) on conflict do nothing returning 1`,
    [
      link.id,
      link.target,
      linked.map((r) => r.externalId),
      linked.map((r) => r.role),
      linked.map((r) => r.sequence),
      linked.map((r) => JSON.stringify(r.targetBase)),
    ],
  );
}

/** The lead stands alone again. */
export async function dropLink(session: Session, bridgeId: string, leadId: string): Promise<void> {
  await rows(session, 'delete from links where bridge_id = $1 and lead_entry_id = $2 returning 1', [
    bridgeId,
    leadId,
  ]);
}

/** No policy writes these again; entries of the link, as it was and as it is, are looked at anew. */
export async function markReverted(
  session: Session,
  bridgeId: string,
  leadId: string,
  entryIds: readonly string[],
): Promise<void> {
  await rows(
    session,
    `update bridge_entries set dirty = true, reverted_at = case when time_entry_id = $2 then now() else reverted_at end
     where bridge_id = $1 and time_entry_id = any($3::bigint[]) returning 1`,
    [bridgeId, leadId, [leadId, ...entryIds]],
  );
}

/** The bridge waits until a person has looked; one that is paused already keeps its cause. */
export async function pauseBridgeOfRun(session: Session, runId: string): Promise<string | null> {
  const paused = await row<{ id: string }>(
    session,
    `update bridges b set paused_cause = jsonb_build_object('code', 'run_undone', 'facts', jsonb_build_object('runId', $1::text)),
       revision = revision + 1, updated_at = now()
     from sync_runs r where r.id = $1::bigint and b.id = r.bridge_id and b.paused_cause is null returning b.id`,
    [runId],
  );
  return paused?.id ?? null;
}
