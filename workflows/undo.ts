import { isCancellation, log, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow';
import { beginUndo, finishUndo, planUndoPage, readUndo } from './activities.js';
import { failureCode } from './failure-code.js';
import { undoProgress, type UndoArgs, type UndoProgress } from './messages.js';
import { pauseAndProbe, pauseCauseOf } from './pause-connector.js';
import { reconcileAndApply } from './reconcile-and-apply.js';

/**
 * Takes back what a decision, a bulk decision or a run wrote, as a new plan through the same ledger. What was taken
 * back waits as a question, so that nothing writes it again by itself. Where it stands is read from its rows.
 */
export async function undo({ undoId, retryFirstMs, retryMostMs }: UndoArgs): Promise<UndoProgress> {
  let progress: UndoProgress = { phase: 'reading', counts: {} };
  setHandler(undoProgress, () => progress, { description: 'How far the undoing is' });
  await beginUndo({ undoId });
  for (let tries = 0; ; tries += 1) {
    try {
      if (await undoOnce(undoId)) break;
    } catch (error) {
      if (isCancellation(error)) throw error;
      const cause = pauseCauseOf(error);
      if (!cause) throw error;
      log.warn('The undoing waits for a connector', { undoId, code: failureCode(error), tries });
      await pauseAndProbe(cause);
    }
    progress = { phase: 'writing', counts: (await readUndo({ undoId })).counts };
    setCurrentDetails('## Waiting for the remaining writes');
    await sleep(Math.min(retryFirstMs * 2 ** Math.min(tries, 20), retryMostMs), {
      summary: 'until the next try',
    });
  }
  progress = { phase: 'done', counts: (await readUndo({ undoId })).counts };
  setCurrentDetails('## Done');
  return progress;
}

/** Rows that moved under the plan are planned once more in the next round. @returns whether every lead is done. */
async function undoOnce(undoId: string): Promise<boolean> {
  setCurrentDetails('## Writing back what was there before');
  const { bridgeIds } = await readUndo({ undoId });
  for (let round = 0; round < 3; round += 1) {
    for (let more = true; more;) ({ more } = await planUndoPage({ undoId }));
    for (const bridgeId of bridgeIds) {
      const cause = { runId: null, decisionId: null };
      await reconcileAndApply({ bridgeId, scope: { kind: 'undo', undoId }, cause });
    }
    if ((await finishUndo({ undoId })).finished) return true;
  }
  return false;
}
