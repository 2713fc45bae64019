import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { DECISION_FAILURES } from '../domain/errors.js';
import { withdrawBulk } from './activities.js';
import { applicationFailureOf } from './failure-code.js';
import { withdrawAll, type BulkProgress } from './messages.js';

export type BulkPhase = BulkProgress['phase'];
/** What the process of a bulk decision remembers; the rest stands in its rows. */
export type BulkState = {
  phase: BulkPhase;
  applyAfter: string | null;
  counts: BulkProgress['counts'];
};

/** One update takes all of it back, until the writing begins. Handlers throw nothing but ApplicationFailure. */
export function handleBulkMessages(bulkId: string, state: BulkState): void {
  setHandler(withdrawAll, ({ actorId }) => onWithdraw(bulkId, state, actorId), {
    validator: (_input: { readonly actorId: string }) => {
      if (!mayWithdraw(state)) throw tooLate(state);
    },
    description: 'Take all decisions back while the grace time lasts',
  });
}

const mayWithdraw = ({ phase }: BulkState): boolean =>
  phase === 'reading' || phase === 'recording' || phase === 'grace';

async function onWithdraw(bulkId: string, state: BulkState, actorId: string): Promise<void> {
  const before = state.phase;
  if (before !== 'reading') state.phase = 'withdrawing'; // before the await: the grace time may end without any effect
  try {
    await withdrawBulk({ bulkId, actorId });
    state.phase = 'withdrawn';
  } catch (error) {
    if (state.phase === 'withdrawing') state.phase = before;
    const failure = applicationFailureOf(error);
    throw ApplicationFailure.create({
      type: failure?.type === DECISION_FAILURES.closed ? DECISION_FAILURES.closed : 'unavailable',
      message: failure?.message ?? 'It could not be taken back in time; try again',
      nonRetryable: true,
    });
  }
}

const tooLate = ({ phase }: BulkState): ApplicationFailure =>
  ApplicationFailure.create({
    type: DECISION_FAILURES.closed,
    message: `Nothing can be taken back any more: ${phase}`,
    nonRetryable: true,
  });
