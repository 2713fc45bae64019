import { inTransaction, type Session } from '../db/sql.js';
import { notifyChange } from '../db/notify.js';
import { countByState } from '../db/stores/bridge-entries.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { isConnectorPaused } from '../db/stores/health.js';
import { closeRun, moveRunPhase, openRun, setInRun } from '../db/stores/runs.js';
import { storeNotification } from '../db/stores/notifications.js';
import { warningsOfRun } from '../db/stores/run-checks.js';
import { stopForRisk } from '../db/stores/token-risk.js';
import { readSums, type BridgeSums } from '../db/stores/sums.js';
import type { BeginRun, RunBegun, RunPhase, RunState } from './contract.js';
import type { ActivityDeps } from './deps.js';

/** Opens a run, if the bridge is not off or paused. A run whose process is gone is closed first. */
export const beginRun = (deps: ActivityDeps, input: BeginRun): Promise<RunBegun> =>
  inTransaction(deps.db, async (session) => {
    const context = await readBridgeContext(session, input.bridgeId);
    if (context.rules.mode === 'off') return { started: false, code: 'bridge_off' };
    if (context.riskOpen) await stopForRisk(session, input.bridgeId);
    if (context.pausedCause !== null || context.riskOpen) return { started: false, code: 'bridge_paused' };
    const runId = await openRun(session, { ...input, executionId: input.executionId ?? null });
    await notifyChange(session, 'runs', [runId]);
    return {
      started: true,
      runId,
      notesPhases: true,
      sourcePaused: await isConnectorPaused(session, context.sourceConnectorId),
      targetPaused: await isConnectorPaused(session, context.targetConnectorId),
    };
  });

/** Proves the sums of the bridge as they stand, and closes the run. */
export async function finishRun(
  deps: ActivityDeps,
  input: {
    readonly bridgeId: string;
    readonly runId: string;
    readonly state: RunState;
    readonly error: string | null;
  },
): Promise<void> {
  const sums = await inTransaction(deps.db, (session) => readSums(session, input.bridgeId));
  await inTransaction(deps.db, async (session) => {
    const closed = await closeRun(session, input.runId, { state: input.state, error: input.error, sums });
    if (closed) await tellWarnings(session, input.bridgeId, input.runId);
    if (closed) await tellBroken(session, input, sums);
    await setInRun(session, input.runId, await standings(session, input.bridgeId));
    await notifyChange(session, 'runs', [input.runId]);
    await notifyChange(session, 'bridges', [input.bridgeId]);
  });
}

/** What a run found and nobody may miss goes to the people, once. */
async function tellWarnings(session: Session, bridgeId: string, runId: string): Promise<void> {
  for (const { code, facts } of await warningsOfRun(session, runId))
    await storeNotification(session, { kind: 'run_warning', facts: { bridgeId, runId, code, facts } });
}

/** The identity of the books does not hold: nobody may find that out from an invoice. */
async function tellBroken(
  session: Session,
  { bridgeId, runId }: { readonly bridgeId: string; readonly runId: string },
  { months, brokenSeconds }: BridgeSums,
): Promise<void> {
  const broken = months.filter((month) => month.broken !== 0 || month.brokenLeads.length > 0);
  if (broken.length === 0) return;
  const facts = { bridgeId, runId, brokenSeconds, months: broken.map(({ month }) => month) };
  await storeNotification(session, { kind: 'sum_broken', facts });
}

/** How many entries stand where at the end, by state: in agreement, waiting, skipped, to be written, before start. */
async function standings(session: Session, bridgeId: string): Promise<Record<string, number>> {
  const counts = await countByState(session, bridgeId);
  const of = (state: string): number => Number(counts.find((count) => count.state === state)?.entries ?? 0);
  return {
    agreed: of('agreed'),
    waiting: of('waiting'),
    skipped: of('skipped'),
    pending: of('pending') + of('new'),
    beforeStart: of('before_start'),
  };
}

/** Notes how far a run is, for people who look at it; what belongs to no run is not noted. */
export async function enterPhase(
  deps: ActivityDeps,
  { runId, phase }: { readonly runId: string | null; readonly phase: RunPhase },
): Promise<void> {
  if (runId === null) return;
  await inTransaction(deps.db, async (session) => {
    if (await moveRunPhase(session, runId, phase)) await notifyChange(session, 'runs', [runId]);
  });
}
