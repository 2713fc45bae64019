import type { Finding } from '../finding.js';
import { historyEvents, runBridge } from './bridge.js';
import type { Installation } from './installation.js';
import { total, type Systems } from './systems.js';

/** One run of a bridge with what it cost. */
export type MeasuredRun = Required<Pick<Finding, 'calls' | 'usage'>> & {
  readonly wallMs: number;
  readonly events: number;
};

/** Runs a bridge once and measures time, calls, history, memory and processor. */
export async function measureRun(
  installation: Installation,
  systems: Systems,
  bridgeId: string,
  full = false,
): Promise<MeasuredRun> {
  const since = new Date();
  await systems.clearTally();
  const stop = installation.meter();
  const { wallMs } = await runBridge(installation, bridgeId, full);
  const usage = stop();
  const { zammad, kimai } = await systems.tally();
  return {
    ...{ wallMs, usage, calls: { zammad: total(zammad), kimai: total(kimai) } },
    events: await historyEvents(installation, bridgeId, since),
  };
}
