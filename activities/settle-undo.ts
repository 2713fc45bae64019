import { reason, type Reason } from '../domain/reason.js';
import { MATTERING_FIELDS, type Timesheet } from '../domain/timesheet.js';
import type { Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { undoWritesOf, type UndoWrite } from '../db/stores/ledger-undo.js';
import { markChangesUndone, readChanges, type LeadChanges } from '../db/stores/undo-changes.js';
import { dropLink, restoreLink, type RestoredRow } from '../db/stores/undo-links.js';
import { markReverted, moveUndoItem, readUndo, undoItems, type Undo } from '../db/stores/undos.js';

/** A row that moved under the plan is planned again, with what is there now; a row that moves on and on is left. */
const MOST_ATTEMPTS = 2;

/**
 * After the last write about a lead (or at once when none was needed): its link becomes what it was, and it waits as
 * *reverted*. While a write of it is under way nothing happens.
 */
export async function settleUndoneLead(session: Session, undoId: string, leadId: string): Promise<void> {
  const undo = await readUndo(session, undoId);
  const writes = await undoWritesOf(session, undoId, leadId);
  if (undo === undefined || writes.some(({ state }) => !isOver(state))) return;
  const item = (await undoItems(session, undoId)).find((one) => one.leadId === leadId);
  if (item === undefined || item.state === 'undone' || item.state === 'left') return;
  const newest = newestOfEachRow(writes);
  const failed = newest.filter(({ state }) => state !== 'done');
  if (newest.length > 0 && failed.length === newest.length) {
    const moved = failed.some(({ why }) => why === 'row_changed' || why === 'row_gone');
    const again = moved && writes.length < newest.length * (MOST_ATTEMPTS + 1);
    await moveUndoItem(
      session,
      { undoId, leadId },
      again
        ? { state: 'pending' }
        : { state: 'left', action: 'nothing', fields: [], remaining: failed.map(whyLeft) },
    );
    return;
  }
  const [changes] = await readChanges(session, undo, [leadId]);
  if (changes === undefined) return;
  await takeBack(session, undo, changes, newest);
  await moveUndoItem(
    session,
    { undoId, leadId },
    { state: 'undone', remaining: [...item.remaining, ...failed.map(whyLeft)] },
  );
}

const isOver = (state: UndoWrite['state']): boolean =>
  state === 'done' || state === 'dropped' || state === 'refused';

const newestOfEachRow = (writes: readonly UndoWrite[]): readonly UndoWrite[] => [
  ...new Map(writes.map((write) => [write.rowId, write])).values(),
];

const whyLeft = ({ rowId, why }: UndoWrite): Reason => reason(why ?? 'refused', { timesheetId: rowId });

async function takeBack(
  session: Session,
  undo: Undo,
  changes: LeadChanges,
  writes: readonly UndoWrite[],
): Promise<void> {
  const { leadId, bridgeId, linkBefore } = changes;
  const byRow = new Map(writes.map((write) => [write.rowId, write]));
  // A row that could not be taken away stays tied, so that it is never taken for somebody else's.
  const stuck = writes.filter(({ state, operation }) => state !== 'done' && operation === 'delete');
  if (linkBefore !== null) {
    const kept = stuck.map((write, at): RestoredRow => ({
      externalId: write.rowId,
      role: 'correction',
      sequence: linkBefore.rows.length + at + 1,
      targetBase: write.row,
    }));
    const linked = linkBefore.rows.map((row) => restoredRow(row, byRow.get(row.externalId), changes));
    await restoreLink(session, { bridgeId, leadId }, linkBefore, [...linked, ...kept]);
  } else if (stuck.length === 0) await dropLink(session, bridgeId, leadId);
  await markChangesUndone(session, undo, undo.id, leadId);
  await markReverted(session, bridgeId, leadId, linkBefore?.members.map((member) => member.entryId) ?? []);
  await writeAudit(session, [
    {
      bridgeId,
      runId: null,
      actor: { kind: 'person', id: undo.actorId },
      action: 'entry.undone',
      subject: { kind: 'entry', id: leadId },
      version: null,
      details: {
        undoId: undo.id,
        of: { kind: undo.kind, id: undo.subjectId },
        rows: writes.map(({ rowId, operation, state, row, answer }) => ({
          rowId,
          operation,
          state,
          before: row,
          after: answer,
        })),
      },
    },
  ]);
}

/** The base is what the target returned for the write; without one what was agreed before it. */
function restoredRow(
  row: RestoredRow,
  write: UndoWrite | undefined,
  { rows, writes }: LeadChanges,
): RestoredRow {
  const answer: Timesheet | null = write?.state === 'done' ? write.answer : null;
  if (answer === null)
    return write === undefined ? row : { ...row, targetBase: rows.get(row.externalId) ?? row.targetBase };
  const found = writes.find(({ before }) => before?.externalId === row.externalId)?.before;
  return {
    ...row,
    externalId: answer.externalId,
    targetBase: { ...answer, ...undecided(row.targetBase, found) },
  };
}

/** What people had changed in the target before it was decided about waits again, so it stays a change from the base. */
const undecided = (base: Timesheet, found: Timesheet | null | undefined): Partial<Timesheet> =>
  Object.fromEntries(
    MATTERING_FIELDS.filter((field) => found && found[field] !== base[field]).map((field) => [
      field,
      base[field],
    ]),
  );
