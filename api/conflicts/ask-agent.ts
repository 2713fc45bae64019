import { storeQuestion } from '../../db/stores/questions.js';
import { NOTE_REFUSED } from '../../domain/errors.js';
import { reason } from '../../domain/reason.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { endpoint } from '../endpoint.js';
import { invalidField, Problem } from '../http/problem.js';
import { askAgent } from './ask-agent.contract.js';
import { openConflictRef } from './conflict-ref.js';
import { tellRefusal } from './decision-problem.js';

export const askAgentEndpoint = endpoint(askAgent, async (deps, { params, body, actor }) => {
  const { askId, text, until } = body;
  const { conflictId } = params;
  if (until !== null && Date.parse(until) <= Date.now())
    throw invalidField('until', 'future', 'until must be in the future, or null');
  const conflict = await openConflictRef(deps, conflictId);
  if (conflict.ticketId === null) throw noteRefused(reason('note_no_ticket'));
  const who = { userId: actor.userId, userName: actor.name };
  const question = { id: askId, conflictId, ...who, text, until };
  if (!(await storeQuestion({ db: deps.db, tx: null }, question))) throw askUsed();
  const asked = deps.gateway.askAgent(conflict, { askId }).catch((error: unknown) => {
    throw problemOf(error) ?? error;
  });
  const { noteId, asleep } = await tellRefusal(deps, conflictId, actor.language, asked);
  return { noteId, asleep };
});

function problemOf(error: unknown): Problem | null {
  if (!(error instanceof TemporalCallError)) return null;
  if (error.kind === 'rejected' && error.type === NOTE_REFUSED) return noteRefused(error.details[0]);
  // Without an answer of its own the process goes on trying; with one it gave up and wrote that into the history.
  return error.kind === 'unavailable' ? notePending() : null;
}

const noteRefused = (why: unknown): Problem =>
  new Problem(422, 'note-refused', 'The question was not put into the ticket; the reason says why', {
    reason: why,
  });

const askUsed = (): Problem =>
  new Problem(409, 'ask-used', 'This askId was used before; draw a new one for a new question', {
    field: 'askId',
  });

const notePending = (): Problem =>
  new Problem(
    503,
    'note-pending',
    'The system of the ticket has not answered; the history of the case says whether the question is there',
  );
