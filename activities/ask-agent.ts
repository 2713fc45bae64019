import type { NoteWritten } from '../connectors/port.js';
import { inTransaction, type Session } from '../db/sql.js';
import { notifyChange } from '../db/notify.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { snoozeConflict } from '../db/stores/conflicts.js';
import { isConnectorPaused } from '../db/stores/health.js';
import { noteAsked, openQuestion, type Question } from '../db/stores/questions.js';
import { DECISION_FAILURES, NOTE_REFUSED, SyncError } from '../domain/errors.js';
import { reason, type Reason } from '../domain/reason.js';
import type { AskAgent, Asked } from './contract.js';
import { refuse } from './decide-cases.js';
import type { ActivityDeps } from './deps.js';

/** Part of the note, by which it is found again; short, because people see it. */
const markOf = (askId: string): string => `[tb-q-${askId.slice(0, 8)}]`;

/**
 * Asks the agent of a case by an internal note in the ticket, then puts the case aside until something happens there. The
 * same question again writes nothing twice. What waiting does not cure is refused with its reason and pauses nothing:
 * whoever may not write notes may still read times.
 */
export async function askAgent(deps: ActivityDeps, { askId }: AskAgent): Promise<Asked> {
  const session = { db: deps.db, tx: null };
  const question = await openQuestion(session, askId);
  if (question === undefined) throw notOpen();
  const note = await writeNote(deps, session, question);
  return inTransaction(deps.db, async (held) => {
    const now = await openQuestion(held, askId);
    if (now === undefined) throw notOpen();
    // An answer that came before the case was put aside would never wake it.
    const asleep = (now.articleCount ?? 0) <= note.articleCount;
    const until = now.until?.toISOString() ?? null;
    if (asleep) await snoozeConflict(held, now.conflictId, until, true, note.articleCount);
    if (await noteAsked(held, askId))
      await writeAudit(held, [recordOf(now, 'conflict.asked', { noteId: note.noteId })]);
    await notifyChange(held, 'conflicts', [now.conflictId]);
    return { noteId: note.noteId, asleep, until };
  });
}

const notOpen = () => refuse(DECISION_FAILURES.closed, 'the case is not open any more');

/** The trail says so when a question did not reach its ticket, because who asked may have gone by then. */
export const noteUnasked = (deps: ActivityDeps, { askId }: AskAgent): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const question = await openQuestion(session, askId);
    if (question === undefined) return;
    await writeAudit(session, [recordOf(question, 'conflict.ask_failed', {})]);
    await notifyChange(session, 'conflicts', [question.conflictId]);
  });

async function writeNote(deps: ActivityDeps, session: Session, question: Question): Promise<NoteWritten> {
  const { id, conflictId, ticketId, sourceConnectorId, personId, personName, text } = question;
  if (ticketId === null) throw refused(reason('note_no_ticket'));
  if (await isConnectorPaused(session, sourceConnectorId)) throw refused(reason('note_system_stopped'));
  const { notes } = await deps.connectors.source(sourceConnectorId);
  if (notes === undefined) throw refused(reason('note_no_ticket'));
  const signature = `${question.userName} · Timebridge · ${deps.alerts.publicUrl}/inbox/${conflictId}`;
  try {
    return await notes.write({ ticketId, personId, personName, text, signature, mark: markOf(id) });
  } catch (error) {
    throw error instanceof SyncError && error.reaction !== 'wait' ? refused(reasonOf(error)) : error;
  }
}

function reasonOf({ code, info }: SyncError): Reason {
  if (code === 'permission_missing') return reason('note_not_allowed');
  if (code === 'record_refused') return reason('note_refused', { quoted: info.quoted?.join(' ') ?? null });
  return reason('note_system_stopped');
}

const refused = (why: Reason) => refuse(NOTE_REFUSED, why.code, why);

const recordOf = (
  { id, conflictId, bridgeId, version, userId, personName, text }: Question,
  action: string,
  details: Readonly<Record<string, unknown>>,
): AuditRecord => ({
  ...{ bridgeId, runId: null, action, version, subject: { kind: 'conflict', id: conflictId } },
  actor: { kind: 'person', id: userId },
  details: { askId: id, person: personName, text, ...details },
});
