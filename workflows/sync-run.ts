import {
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { RunState } from '../activities/contract.js';
import { beginRun, fetchCatalogues, fetchSource, fetchTarget, finishRun, setRunPhase } from './activities.js';
import { failureCode } from './failure-code.js';
import { progress, stop, workflowIds, type SyncRunArgs, type SyncRunProgress } from './messages.js';
import { pauseAndProbe, pauseCauseOf } from './pause-connector.js';
import { reconcileAndApply } from './reconcile-and-apply.js';
import { RunStory } from './run-story.js';

type RunEnd = { readonly state: RunState; readonly error: string | null };
type OpenRun = {
  readonly runId: string;
  readonly sourcePaused: boolean;
  readonly targetPaused: boolean;
  readonly notesPhases: boolean;
};

/** What the parts of a run share while it goes on. */
type Run = {
  readonly args: SyncRunArgs;
  readonly story: RunStory;
  /** Cancelled by `stop`: reading goes on where it was at the next run. */
  readonly reading: CancellationScope;
  stopping: boolean;
  speakingTo: 'source' | 'target';
};

/** Once a day: a nightly comparison reads the catalogues, a second one of the same day does not. */
const CATALOGUE_HOURS = 20;

const COMPLETED: RunEnd = { state: 'completed', error: null };
const STOPPED: RunEnd = { state: 'stopped', error: null };

/**
 * One batch run of a bridge: read both sides, reconcile, write. It never waits for a paused target: what is planned
 * stays *waiting to be written*. Whatever happens, the run's row is closed.
 */
export async function syncRun(args: SyncRunArgs): Promise<SyncRunProgress> {
  const run: Run = {
    args,
    story: new RunStory(args.carried?.progress),
    reading: new CancellationScope(),
    stopping: false,
    speakingTo: 'target',
  };
  setHandler(progress, () => run.story.progress, { description: 'How far the run is' });
  setHandler(
    stop,
    () => {
      run.stopping = true;
      run.reading.cancel();
    },
    { description: 'Stop after the page in hand' },
  );
  const open = await openRun(run);
  if (!open) return run.story.progress;

  const end = await endOf(run, open);
  if (end === 'continue') {
    return continueAsNew<typeof syncRun>({
      ...args,
      carried: { runId: open.runId, progress: run.story.progress, notesPhases: open.notesPhases },
    });
  }
  await close(run, open.runId, end);
  return run.story.progress;
}

async function openRun(run: Run): Promise<OpenRun | undefined> {
  const { bridgeId, trigger, triggeredBy, full, carried } = run.args;
  if (carried) {
    const { runId, notesPhases = false } = carried;
    return { runId, sourcePaused: false, targetPaused: false, notesPhases };
  }
  const workflowId = workflowIds.syncRun(bridgeId);
  const { firstExecutionRunId: executionId } = workflowInfo();
  const begun = await beginRun({ bridgeId, trigger, triggeredBy, full, workflowId, executionId });
  if (begun.started) {
    run.story.begin(begun.runId);
    return { ...begun, notesPhases: begun.notesPhases ?? false };
  }
  run.story.notStarted(begun.code);
  log.info('The run did not start', { bridgeId, code: begun.code });
  return undefined;
}

async function endOf(run: Run, open: OpenRun): Promise<RunEnd | 'continue'> {
  try {
    const early = run.args.carried ? undefined : await readBothSides(run, open);
    return early ?? (await reconcileAndWrite(run, open));
  } catch (error) {
    if (isCancellation(error)) return STOPPED;
    return CancellationScope.nonCancellable(() => failedEnd(run, error));
  }
}

/** The target first: an entry read after it can only be newer than the row that it is compared with. */
async function readBothSides(run: Run, open: OpenRun): Promise<RunEnd | undefined> {
  const { bridgeId, full } = run.args;
  const input = { bridgeId, runId: open.runId, full };
  if (open.sourcePaused) return { state: 'failed', error: 'source_paused' };
  if (!open.notesPhases) await setRunPhase({ runId: open.runId, phase: 'fetching' });
  await run.reading.run(async () => {
    if (!open.targetPaused) {
      if (full) await fetchCatalogues({ bridgeId, unlessWithinHours: CATALOGUE_HOURS });
      run.story.read('target', await fetchTarget(input));
    }
    run.speakingTo = 'source';
    run.story.read('source', await fetchSource(input));
  });
  run.speakingTo = 'target';
  // Without a fresh look at the target nothing is compared: rows that were not read are not rows that are gone.
  if (open.targetPaused) return { state: 'target_paused', error: 'target_paused' };
  return run.stopping ? STOPPED : undefined;
}

async function reconcileAndWrite(run: Run, { runId, notesPhases }: OpenRun): Promise<RunEnd | 'continue'> {
  const { story } = run;
  const { targetPaused } = await reconcileAndApply({
    bridgeId: run.args.bridgeId,
    scope: { kind: 'bridge' },
    cause: { runId, decisionId: null },
    guarded: true,
    interrupted: () => run.stopping || workflowInfo().continueAsNewSuggested,
    onReconciled: (page) => story.reconciled(page),
    onApplied: (page) => story.applied(page),
    onWait: (until) => story.waiting(until),
    onPhase: async (phase) => {
      if (story.enter(phase) && !notesPhases) await setRunPhase({ runId, phase });
    },
  });
  if (run.stopping) return STOPPED;
  if (targetPaused) return { state: 'target_paused', error: 'target_paused' };
  return workflowInfo().continueAsNewSuggested ? 'continue' : COMPLETED;
}

async function failedEnd(run: Run, error: unknown): Promise<RunEnd> {
  const code = failureCode(error);
  const { bridgeId } = run.args;
  if (code === 'internal') log.error('The run broke off', { bridgeId, code, error });
  else log.warn('The run broke off', { bridgeId, code });
  const cause = pauseCauseOf(error);
  if (!cause) return { state: 'failed', error: code };
  try {
    await pauseAndProbe(cause);
  } catch (second) {
    // The keeper starts probes for paused connectors; the run has to be closed in any case.
    log.error('The connector could not be paused', { connectorId: cause.connectorId, error: second });
  }
  return { state: run.speakingTo === 'target' ? 'target_paused' : 'failed', error: code };
}

/** @throws ApplicationFailure after a failed run, so that it is red in the Temporal UI too. */
async function close(run: Run, runId: string, end: RunEnd): Promise<void> {
  const { bridgeId } = run.args;
  await CancellationScope.nonCancellable(() => finishRun({ bridgeId, runId, ...end }));
  run.story.finish(end.state, end.error);
  if (end.state === 'failed') {
    throw ApplicationFailure.create({
      type: end.error ?? 'internal',
      message: `The run failed: ${end.error}`,
      nonRetryable: true,
    });
  }
}
