import { ApplicationFailure, isCancellation, log, setCurrentDetails } from '@temporalio/workflow';
import { DECISION_FAILURES } from '../domain/errors.js';
import { planDecision, settleDecision } from './activities.js';
import { takeStanding, type ConflictState } from './conflict-state.js';
import { applicationFailureOf, failureCode } from './failure-code.js';
import type { ConflictApprovalArgs } from './messages.js';
import { pauseAndProbe, pauseCauseOf } from './pause-connector.js';
import { reconcileAndApply, type Work } from './reconcile-and-apply.js';

/**
 * Plans and writes the decision, then settles the case. Every part may be done again: the plan is versioned and the
 * ledger knows what was written.
 * @throws ApplicationFailure or ActivityFailure when it has to be tried again later.
 */
export async function applyDecision(args: ConflictApprovalArgs, state: ConflictState): Promise<void> {
  const { conflictId } = args;
  const { decisionId } = state;
  if (decisionId === null) {
    state.reread = true;
    return;
  }
  setCurrentDetails('## Writing what was decided');
  try {
    const planned = await planDecision({ conflictId, decisionId });
    if (planned.stale) {
      state.reread = true; // the row is open again and says why
      return;
    }
    await write(args, decisionId, { kind: 'conflict', conflictId });
    const standing = await settleDecision({ conflictId, decisionId });
    if (standing.state === 'applying') throw later('still_writing', 'Writes of the decision are under way');
    takeStanding(state, standing);
    if (planned.replan) await replanBridge(args, decisionId);
  } catch (error) {
    if (isOvertaken(error)) {
      state.reread = true;
      return;
    }
    const cause = pauseCauseOf(error);
    if (cause) await pauseAndProbe(cause);
    throw error;
  }
}

async function write(args: ConflictApprovalArgs, decisionId: string, scope: Work['scope']): Promise<void> {
  const { targetPaused } = await reconcileAndApply({
    bridgeId: args.bridgeId,
    scope,
    cause: { runId: null, decisionId },
  });
  if (targetPaused) throw later('target_paused', 'The target is paused');
}

const later = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.retryable(message, type);

/** A gap was closed: what waited behind it goes on. If that fails now, the next run of the bridge does it. */
async function replanBridge(args: ConflictApprovalArgs, decisionId: string): Promise<void> {
  setCurrentDetails('## Going on with what waited behind the gap');
  try {
    await write(args, decisionId, { kind: 'bridge' });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const code = failureCode(error);
    log.warn('What waited behind the gap is left to the next run', { bridgeId: args.bridgeId, code });
  }
}

/** The case was closed or changed by something else while it waited to be written. */
function isOvertaken(error: unknown): boolean {
  const type = applicationFailureOf(error)?.type;
  return type === DECISION_FAILURES.closed || type === DECISION_FAILURES.stale;
}
