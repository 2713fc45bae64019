import { condition, log, patched } from '@temporalio/workflow';
import type { Applied, Reconciled, Scope } from '../activities/contract.js';
import type { Cause } from '../domain/cause.js';
import { applyPlan, guardRun, openConflicts, reconcile } from './activities.js';

export type Work = {
  readonly bridgeId: string;
  readonly scope: Scope;
  readonly cause: Cause;
  /** A run compares what it would change with the guard's limits before it writes. */
  readonly guarded?: boolean;
  /** Starts processes only when something was asked on the way. */
  readonly ownQuestionsOnly?: boolean;
  /** True: stop after the page in hand; everything that is left stays planned or dirty. */
  readonly interrupted?: () => boolean;
  readonly onReconciled?: (page: Reconciled) => void;
  readonly onApplied?: (page: Applied) => void;
  readonly onPhase?: (phase: 'reconciling' | 'applying') => Promise<void>;
  readonly onWait?: (until: string) => void;
};

export type WorkDone = { readonly targetPaused: boolean };

/**
 * What was refused, dropped, taken back or overtaken by newer facts is planned anew in the next round. An entry
 * that somebody edits all the time could go on for ever: what is left after these rounds waits for the next run.
 */
const MOST_ROUNDS = 5;
/**
 * Waits without any progress in between. They grow from the shortest to the longest, in all about 6 minutes: longer
 * than the lease of rows that a killed worker had claimed. What is left then waits for the next run.
 */
const MOST_IDLE_WAITS = 45;
const SHORTEST_WAIT_MS = 200;
const LONGEST_IDLE_WAIT_MS = 10_000;

const never = (): boolean => false;

/** Both books in, a plan out, the plan written; until nothing is left that can be done now. */
export async function reconcileAndApply(work: Work): Promise<WorkDone> {
  const interrupted = work.interrupted ?? never;
  let targetPaused = false;
  let asked = false;
  for (let round = 1; round <= MOST_ROUNDS && !interrupted(); round += 1) {
    await work.onPhase?.('reconciling');
    const found = await reconcileAll(work, interrupted);
    if (found.idle) return { targetPaused: false };
    asked ||= found.asked;
    if (interrupted()) break;
    await guard(work);
    await work.onPhase?.('applying');
    const written = await applyAll(work, interrupted);
    targetPaused = written.targetPaused;
    if (targetPaused || !written.dirtied) break;
    if (round === MOST_ROUNDS) log.warn('Entries keep changing; the rest is left to the next run');
  }
  await openNewConflicts(work, asked);
  return { targetPaused };
}

/** `idle`: that was all, nothing was compared and nothing is on its way. `asked`: there are questions among it. */
async function reconcileAll(
  work: Work,
  interrupted: () => boolean,
): Promise<{ readonly idle: boolean; readonly asked: boolean }> {
  const { bridgeId, scope, cause } = work;
  let [more, idle, asked] = [true, true, false];
  while (more && !interrupted()) {
    const page = await reconcile({ bridgeId, scope, cause });
    work.onReconciled?.(page);
    more = page.more;
    idle &&= page.idle === true;
    asked ||= page.asked > 0;
  }
  return { idle: idle && !more, asked };
}

async function guard(work: Work): Promise<void> {
  const { bridgeId, cause } = work;
  if (!work.guarded || cause.runId === null) return;
  const { held } = await guardRun({ bridgeId, runId: cause.runId });
  if (held > 0) log.warn('The guard holds writes until an admin decides', { bridgeId, held });
}

async function applyAll(
  work: Work,
  interrupted: () => boolean,
): Promise<{ targetPaused: boolean; dirtied: boolean }> {
  const { bridgeId, scope, cause } = work;
  let dirtied = false;
  let idle = 0;
  while (!interrupted()) {
    const page = await applyPlan({ bridgeId, scope, cause });
    work.onApplied?.(page);
    // `dirty` is missing in answers that an older release recorded.
    dirtied ||= page.refused + page.dropped > 0 || page.dirty;
    if (page.targetPaused) return { targetPaused: true, dirtied };
    if (page.more) continue;
    idle = page.written + page.refused + page.dropped > 0 ? 0 : idle + 1;
    if (page.waitUntil === null || idle > MOST_IDLE_WAITS) break;
    work.onWait?.(page.waitUntil);
    await waitUntil(page.waitUntil, idle, interrupted);
  }
  return { targetPaused: false, dirtied };
}

/**
 * A write whose answer was lost may still be executed: it is looked up after a while, and only then repeated. Rows
 * that another process is writing are looked at again, less and less often.
 */
async function waitUntil(until: string, idle: number, interrupted: () => boolean): Promise<void> {
  const leastMs = Math.min(SHORTEST_WAIT_MS * 2 ** idle, LONGEST_IDLE_WAIT_MS);
  const waitMs = Math.max(Date.parse(until) - Date.now(), leastMs);
  await condition(interrupted, waitMs, { summary: 'until the remaining writes may be looked at again' });
}

/**
 * Only a run sees to it that each question of its bridge has its process. A ticket or a bulk decision would wait for
 * thousands that are none of its own, and would start them beside the run that is at it.
 */
async function openNewConflicts(
  { bridgeId, scope, ownQuestionsOnly = false }: Work,
  asked: boolean,
): Promise<void> {
  if (ownQuestionsOnly && !asked) return;
  let { more } = await openConflicts({ bridgeId });
  if (more && scope.kind !== 'bridge' && patched('one-page-of-processes')) return;
  while (more) ({ more } = await openConflicts({ bridgeId }));
}
