import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { readConflict, remindOfConflict } from './activities.js';
import { applyDecision } from './apply-decision.js';
import { handleMessages } from './conflict-messages.js';
import { newConflictState, takeStanding, type ConflictState } from './conflict-state.js';
import { failureCode } from './failure-code.js';
import type { ConflictApprovalArgs } from './messages.js';

/**
 * Waits, for as long as it takes, until a person decides or the question vanishes; then writes what was decided.
 * The only one who changes the state of its conflict's row. Nothing expires: it reminds.
 */
export async function conflictApproval(args: ConflictApprovalArgs): Promise<void> {
  const state = newConflictState(args, Date.now());
  handleMessages(args.conflictId, state);
  for (let failures = 0; state.reread || state.phase !== 'closed';) {
    try {
      await takeStep(args, state);
      failures = 0;
    } catch (error) {
      if (isCancellation(error)) throw error;
      failures += 1;
      await bePatient(args, state, failures, error);
    }
    if (isAtRest(state) && workflowInfo().continueAsNewSuggested) await continueInNewRun(args, state);
  }
  setCurrentDetails('## Closed');
  await condition(allHandlersFinished);
}

/** Does the one thing that is due; the loop then looks again, because messages may have come meanwhile. */
async function takeStep(args: ConflictApprovalArgs, state: ConflictState): Promise<void> {
  if (state.phase === 'recording' || state.phase === 'withdrawing') {
    await condition(() => state.phase !== 'recording' && state.phase !== 'withdrawing');
    return;
  }
  if (state.reread) return readAgain(args.conflictId, state);
  const request = state.requests.shift();
  if (request) return request();
  if (state.phase === 'deciding') return waitForGrace(state);
  if (state.phase === 'applying') return applyDecision(args, state);
  return waitForPerson(args, state);
}

async function readAgain(conflictId: string, state: ConflictState): Promise<void> {
  const { revision } = state;
  state.reread = false; // before the await: a message during it asks for another look
  try {
    const standing = await readConflict({ conflictId });
    // An answer that is older than a message of a person must not undo what the message did.
    if (state.revision === revision) takeStanding(state, standing);
    else state.reread = true;
  } catch (error) {
    state.reread = true;
    throw error;
  }
}

async function waitForGrace(state: ConflictState): Promise<void> {
  const { revision, applyAt } = state;
  const leftMs = (applyAt ?? 0) - Date.now();
  if (leftMs > 0) {
    setCurrentDetails(`## Decided\n\nIt can be taken back until ${new Date(applyAt ?? 0).toISOString()}.`);
    const news = await condition(() => state.revision !== revision, leftMs, { summary: 'grace time' });
    if (news) return;
  }
  // No await between this check and the change: from here on taking back is refused.
  if (state.phase === 'deciding') state.phase = 'applying';
}

async function waitForPerson(args: ConflictApprovalArgs, state: ConflictState): Promise<void> {
  const { revision, since, reminders } = state;
  const due = Math.max(since + (reminders + 1) * args.remindEveryMs, state.snoozedUntil);
  const now = Date.now();
  if (now >= due) {
    state.reminders = Math.max(reminders + 1, Math.floor((now - since) / args.remindEveryMs));
    return remindOfConflict({ conflictId: args.conflictId, reminders: state.reminders });
  }
  setCurrentDetails(
    `## Waiting for a person\n\nSince ${new Date(since).toISOString()}; reminders so far: ${reminders}.`,
  );
  const news = (): boolean => state.revision !== revision;
  if (due === Infinity) await condition(news);
  else await condition(news, due - now, { summary: 'until the next reminder' });
}

/** A decision is never given up: a database or a target that is away only makes it later. */
async function bePatient(
  args: ConflictApprovalArgs,
  state: ConflictState,
  failures: number,
  error: unknown,
): Promise<void> {
  const { revision } = state;
  const code = failureCode(error);
  const waitMs = Math.min(args.retryFirstMs * 2 ** Math.min(failures - 1, 20), args.retryMostMs);
  log.warn('The case waits before the next try', { conflictId: args.conflictId, code, failures, error });
  setCurrentDetails(`## Waiting before the next try\n\n\`${code}\`, tries so far: ${failures}.`);
  await condition(() => state.revision !== revision, waitMs, { summary: 'until the next try' });
}

const isAtRest = (state: ConflictState): boolean =>
  (state.phase === 'open' || state.phase === 'applying') && state.requests.length === 0;

/** The row says where the case stands, so that only the clock of the reminders is carried over. */
async function continueInNewRun(args: ConflictApprovalArgs, state: ConflictState): Promise<void> {
  await condition(allHandlersFinished);
  if (!isAtRest(state)) return;
  const { reminders, since } = state;
  await continueAsNew<typeof conflictApproval>({ ...args, carried: { reminders, since } });
}
