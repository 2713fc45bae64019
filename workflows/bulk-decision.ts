import {
  allHandlersFinished,
  condition,
  isCancellation,
  log,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { BulkStanding } from '../activities/bulk-contract.js';
import {
  finishBulk,
  planBulkPage,
  readBulk,
  recordBulkPage,
  settleBulkPage,
  startBulkGrace,
} from './activities.js';
import { handleBulkMessages, type BulkPhase, type BulkState } from './bulk-messages.js';
import { failureCode } from './failure-code.js';
import type { BulkDecisionArgs, BulkProgress } from './messages.js';
import { pauseAndProbe, pauseCauseOf } from './pause-connector.js';
import { reconcileAndApply } from './reconcile-and-apply.js';
import { bulkProgress } from './messages.js';

/**
 * Decides many cases with one choice: page by page, then one grace time in which all of it can be taken back, then
 * the writes. Each case has its own outcome; one that changed meanwhile or is refused keeps no other back. Where it
 * stands is read from its row, so a process that is started again goes on.
 */
export async function bulkDecision(args: BulkDecisionArgs): Promise<BulkProgress> {
  const state: BulkState = { phase: 'reading', applyAfter: null, counts: {} };
  setHandler(bulkProgress, () => progressOf(state), { description: 'How far the bulk decision is' });
  handleBulkMessages(args.bulkId, state);
  takeStanding(state, await readBulk({ bulkId: args.bulkId }));
  await recordAll(args.bulkId, state);
  await waitForGrace(state);
  if (is(state, 'applying')) await applyAll(args, state);
  setCurrentDetails(is(state, 'withdrawn') ? '## Taken back: nothing was written' : '## Done');
  await condition(allHandlersFinished);
  return progressOf(state);
}

const progressOf = ({ phase, applyAfter, counts }: BulkState): BulkProgress => ({
  phase,
  applyAfter,
  counts,
});

/** Messages move the phase during every await: it is never known from the line before. */
const is = (state: BulkState, phase: BulkPhase): boolean => state.phase === phase;

function takeStanding(state: BulkState, standing: BulkStanding): void {
  state.phase = standing.state;
  state.applyAfter = standing.applyAfter;
  state.counts = standing.counts;
}

async function recordAll(bulkId: string, state: BulkState): Promise<void> {
  setCurrentDetails('## Recording the decisions');
  for (let more = true; more && is(state, 'recording');) ({ more } = await recordBulkPage({ bulkId }));
  await condition(() => !is(state, 'withdrawing'));
  if (!is(state, 'recording')) return;
  const standing = await startBulkGrace({ bulkId });
  await condition(() => !is(state, 'withdrawing'));
  if (is(state, 'recording')) takeStanding(state, standing);
}

async function waitForGrace(state: BulkState): Promise<void> {
  while (is(state, 'grace') || is(state, 'withdrawing')) {
    if (is(state, 'withdrawing')) {
      await condition(() => !is(state, 'withdrawing'));
      continue;
    }
    const leftMs = Date.parse(state.applyAfter ?? '') - Date.now();
    if (leftMs > 0) {
      setCurrentDetails(`## Decided\n\nAll of it can be taken back until ${state.applyAfter}.`);
      await condition(() => !is(state, 'grace'), leftMs, { summary: 'grace time' });
    }
    // No await between this check and the change: from here on taking back is refused.
    else state.phase = 'applying';
  }
}

/** Bridges to plan again, and the decision that let a guard of theirs go. */
type Replan = Map<string, string | null>;

/** Until every item has its outcome. A target that is away makes it later, never different. */
async function applyAll(args: BulkDecisionArgs, state: BulkState): Promise<void> {
  const { bulkId } = args;
  const replan: Replan = new Map();
  for (let tries = 0; !is(state, 'done'); tries += 1) {
    try {
      if (await applyOnce(bulkId, replan)) {
        state.counts = await finishBulk({ bulkId });
        state.phase = 'done';
        break;
      }
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('The bulk decision waits before the next try', { bulkId, code: failureCode(error), tries });
      const cause = pauseCauseOf(error);
      if (!cause) throw error;
      await pauseAndProbe(cause);
    }
    const waitMs = Math.min(args.retryFirstMs * 2 ** Math.min(tries, 20), args.retryMostMs);
    setCurrentDetails('## Waiting for the remaining writes');
    await condition(() => false, waitMs, { summary: 'until the next try' });
  }
  for (const [bridgeId, decisionId] of replan) await replanBridge(bridgeId, decisionId);
}

/** @returns whether every item has its outcome. */
async function applyOnce(bulkId: string, replan: Replan): Promise<boolean> {
  setCurrentDetails('## Writing what was decided');
  for (let more = true; more;) {
    const page = await planBulkPage({ bulkId });
    for (const bridgeId of page.replan) if (!replan.has(bridgeId)) replan.set(bridgeId, null);
    for (const { bridgeId, decisionId } of page.released ?? []) replan.set(bridgeId, decisionId);
    more = page.more;
  }
  const { bridgeIds } = await readBulk({ bulkId });
  for (const bridgeId of bridgeIds) {
    const cause = { runId: null, decisionId: null };
    await reconcileAndApply({ bridgeId, scope: { kind: 'bulk', bulkId }, cause });
  }
  setCurrentDetails('## Settling the cases');
  let waiting = 0;
  for (let after: number | null = 0; after !== null;) {
    const page: { next: number | null; waiting: number } = await settleBulkPage({ bulkId, after });
    waiting += page.waiting;
    after = page.next;
  }
  return waiting === 0;
}

/**
 * Gaps were closed or guards let go: what waited behind them goes on, in the name of the decision that let a guard go. If
 * that fails now, the next run of the bridge does it.
 */
async function replanBridge(bridgeId: string, decisionId: string | null): Promise<void> {
  setCurrentDetails('## Going on with what waited behind the gaps');
  try {
    await reconcileAndApply({
      bridgeId,
      scope: { kind: 'bridge' },
      cause: { runId: null, decisionId },
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('What waited behind the gaps is left to the next run', { bridgeId, code: failureCode(error) });
  }
}
