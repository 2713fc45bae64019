import { ApplicationFailure, condition, isCancellation, log, setHandler } from '@temporalio/workflow';
import type { AskAgent, Asked, Decided, DecideInput } from '../activities/contract.js';
import { DECISION_FAILURES, NOTE_REFUSED } from '../domain/errors.js';
import {
  askAgent,
  assignConflict,
  noteUnasked,
  recordDecision,
  snoozeConflict,
  withdrawDecision,
} from './activities.js';
import { distrust, takeDecision, viewOf, type ConflictState } from './conflict-state.js';
import { applicationFailureOf, failureCode } from './failure-code.js';
import { ask, assign, decide, factsChanged, snooze, view, withdraw } from './messages.js';

type Withdrawal = { readonly decisionId: string; readonly actorId: string };

/**
 * Connects a conflict's messages with its state. Validators are synchronous and look at the state alone; handlers
 * throw nothing but ApplicationFailure, because a plain Error would block the process.
 */
export function handleMessages(conflictId: string, state: ConflictState): void {
  setHandler(view, () => viewOf(state), { description: 'Where the case stands' });
  setHandler(decide, (input) => onDecide(state, input), {
    validator: (input: DecideInput) => assertDecidable(state, input.decisionId),
    description: 'A person or the settings decide',
  });
  setHandler(withdraw, (input) => onWithdraw(conflictId, state, input), {
    validator: (input: Withdrawal) => assertWithdrawable(state, input.decisionId),
    description: 'Take the decision back while the grace time lasts',
  });
  setHandler(ask, (input) => onAsk(state, input), { description: 'Ask the agent by a note in the ticket' });
  setHandler(factsChanged, () => void ((state.reread = true), (state.revision += 1)), {
    description: 'The row may have changed: read it again',
  });
  setHandler(snooze, (input) => {
    request(state, 'snooze', async () => {
      await snoozeConflict({ conflictId, ...input });
      state.snoozedUntil =
        input.until === null ? (input.untilChange ? Infinity : 0) : Date.parse(input.until);
    });
  });
  setHandler(assign, (input) => {
    request(state, 'assign', () => assignConflict({ conflictId, ...input }));
  });
}

/** A snooze or an assignment that fails is not worth the process: it is logged and forgotten. */
function request(state: ConflictState, name: string, act: () => Promise<void>): void {
  state.revision += 1;
  state.requests.push(async () => {
    try {
      await act();
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.error('A request on the case failed', { name, code: failureCode(error), error });
    }
  });
}

function assertDecidable(state: ConflictState, decisionId: string): void {
  const again = state.phase === 'deciding' && state.decisionId === decisionId;
  if (state.phase !== 'open' && state.phase !== 'unknown' && !again) throw notOpen(state);
}

function assertWithdrawable(state: ConflictState, decisionId: string): void {
  if (state.phase === 'unknown') return;
  if (state.phase !== 'deciding' || state.decisionId !== decisionId) throw notOpen(state);
}

async function onDecide(state: ConflictState, input: DecideInput): Promise<Decided> {
  await condition(() => state.phase !== 'unknown');
  assertDecidable(state, input.decisionId);
  state.phase = 'recording'; // before the await: a second click is refused from here on
  state.revision += 1;
  try {
    const decided = await recordDecision(input);
    takeDecision(state, decided);
    return decided;
  } catch (error) {
    distrust(state);
    throw refusal(error);
  }
}

async function onWithdraw(conflictId: string, state: ConflictState, input: Withdrawal): Promise<void> {
  await condition(() => state.phase !== 'unknown');
  assertWithdrawable(state, input.decisionId);
  state.phase = 'withdrawing'; // before the await: the grace time may end now without any effect
  state.revision += 1;
  try {
    await withdrawDecision({ conflictId, ...input });
    distrust(state);
  } catch (error) {
    distrust(state);
    throw refusal(error);
  }
}

/**
 * Beside everything else: a decision need not wait for the ticket's system. A question whose answer was lost on the way to
 * the person comes again while it is still being put; it takes its turn and then finds its note.
 */
async function onAsk(state: ConflictState, input: AskAgent): Promise<Asked> {
  await condition(() => state.phase !== 'unknown');
  // Again after each wait: two that waited for the same go on in the same moment.
  while (state.asking.has(input.askId)) await condition(() => !state.asking.has(input.askId));
  if (state.phase !== 'open') throw notOpen(state);
  state.asking.add(input.askId);
  try {
    const asked = await askAgent(input);
    if (asked.asleep) state.snoozedUntil = asked.until === null ? Infinity : Date.parse(asked.until);
    state.revision += 1;
    return asked;
  } catch (error) {
    if (!isCancellation(error)) await noteUnasked(input);
    throw refusal(error);
  } finally {
    state.asking.delete(input.askId);
  }
}

function notOpen(state: ConflictState): ApplicationFailure {
  return ApplicationFailure.create({
    type: DECISION_FAILURES.closed,
    message: `The case is not open for this: ${viewOf(state).phase}`,
    details: [viewOf(state)],
    nonRetryable: true,
  });
}

const KNOWN_REFUSALS: readonly unknown[] = [...Object.values(DECISION_FAILURES), NOTE_REFUSED];

/** What the caller of an update gets: one of the known refusals with its reason, else `unavailable`. */
function refusal(error: unknown): ApplicationFailure {
  const failure = applicationFailureOf(error);
  const known = failure !== undefined && KNOWN_REFUSALS.includes(failure.type);
  return ApplicationFailure.create({
    type: known && failure.type ? failure.type : 'unavailable',
    message: failure?.message ?? 'It could not be done in time; try again',
    details: known ? (failure.details ?? []) : [],
    nonRetryable: true,
  });
}
