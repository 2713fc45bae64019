import type { NoteWritten } from '../connectors/port.js';
import { inTransaction, type Session } from '../db/sql.js';
import { notifyChange } from '../db/notify.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { conflictToAsk, wasAsked, type ConflictToAsk } from '../db/stores/asked-agents.js';
import { snoozeConflict } from '../db/stores/conflicts.js';
import { isConnectorPaused } from '../db/stores/health.js';
import { DECISION_FAILURES, NOTE_REFUSED, SyncError } from '../domain/errors.js';
import { reason, type Reason } from '../domain/reason.js';
import type { AskAgent, Asked } from './contract.js';
import { refuse } from './decide-cases.js';
import type { ActivityDeps } from './deps.js';

/** Part of the note, by which it is found again; short, because people see it. */
const markOf = (askId: string): string => `[tb-q-${askId.slice(0, 8)}]`;

/**
 * Asks the agent of a case by an internal note in the ticket, then puts the case aside until something happens there. The
 * same again (by `askId`) writes nothing twice. What waiting does not cure is refused with its reason and pauses nothing:
 * whoever may not write notes may still read times.
 */
export async function askAgent(deps: ActivityDeps, input: AskAgent): Promise<Asked> {
  const session = { db: deps.db, tx: null };
  const conflict = await conflictToAsk(session, input.conflictId);
  if (conflict === undefined) throw refuse(DECISION_FAILURES.closed, 'the case is not open any more');
  const note = await writeNote(deps, session, conflict, input);
  return inTransaction(deps.db, async (held) => {
    const asleep = await sleepUnlessAnswered(held, input, note);
    if (!(await wasAsked(held, input)))
      await writeAudit(held, [
        recordOf(conflict, input, 'conflict.asked', { text: input.text, noteId: note.noteId }),
      ]);
    await notifyChange(held, 'conflicts', [input.conflictId]);
    return { noteId: note.noteId, asleep };
  });
}

/** The trail says so when a question did not reach its ticket, because who asked may have gone by then. */
export const noteUnasked = (deps: ActivityDeps, input: AskAgent): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const conflict = await conflictToAsk(session, input.conflictId);
    if (conflict === undefined) return;
    await writeAudit(session, [recordOf(conflict, input, 'conflict.ask_failed', { text: input.text })]);
    await notifyChange(session, 'conflicts', [input.conflictId]);
  });

async function writeNote(
  deps: ActivityDeps,
  session: Session,
  { ticketId, sourceConnectorId, personId, personName }: ConflictToAsk,
  { conflictId, askId, text, actor }: AskAgent,
): Promise<NoteWritten> {
  if (ticketId === null) throw refused(reason('note_no_ticket'));
  if (await isConnectorPaused(session, sourceConnectorId)) throw refused(reason('note_system_stopped'));
  const { notes } = await deps.connectors.source(sourceConnectorId);
  if (notes === undefined) throw refused(reason('note_no_ticket'));
  const signature = `${actor.name} · Timebridge · ${deps.alerts.publicUrl}/inbox/${conflictId}`;
  try {
    return await notes.write({ ticketId, personId, personName, text, signature, mark: markOf(askId) });
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

/** An answer that came before the case was put aside would never wake it. */
async function sleepUnlessAnswered(
  session: Session,
  { conflictId, until }: AskAgent,
  { articleCount }: NoteWritten,
): Promise<boolean> {
  const conflict = await conflictToAsk(session, conflictId);
  if (conflict === undefined || (conflict.articleCount ?? 0) > articleCount) return false;
  await snoozeConflict(session, conflictId, until, true, articleCount);
  return true;
}

const recordOf = (
  { bridgeId, version, personName }: ConflictToAsk,
  { conflictId, askId, actor }: AskAgent,
  action: string,
  details: Readonly<Record<string, unknown>>,
): AuditRecord => ({
  ...{ bridgeId, runId: null, action, version, subject: { kind: 'conflict', id: conflictId } },
  actor: { kind: 'person', id: actor.id },
  details: { askId, person: personName, ...details },
});
