import type { Reason } from '../../domain/reason.js';
import type { UndoAction } from '../../domain/undo.js';
import { affected, row, rows, type Session } from '../sql.js';
import { CHANGES, subjectBinds, type UndoSubject } from './undo-changes.js';

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

/**
 * Opens an undoing with an item for each lead; the one that is open already is found again.
 * @returns its id: the given one when it is new.
 */
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
    return known?.id ?? openUndo(session, undo); // none: it was closed between the two statements
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
