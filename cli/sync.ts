import { listBridges } from '../api/bridges/list-bridges.contract.js';
import { listRuns } from '../api/runs/list-runs.contract.js';
import type { Run } from '../api/runs/run-shape.contract.js';
import { startRun } from '../api/runs/start-run.contract.js';
import { sleep } from '../stack/processes.js';
import { ApiRefused, type ApiClient } from './client.js';
import { CommandFailed } from './failure.js';

export type SyncOrder = {
  /** Left out: every bridge that is not off. */
  readonly bridge?: string | undefined;
  readonly full: boolean;
  readonly confirmFirstRun?: boolean;
  readonly note: (line: string) => void;
};

const ASK_EVERY_MS = 300;
/** A run that was accepted appears in the list as soon as its first activity ran; a worker that is down delays it. */
const APPEARS_WITHIN_MS = 60_000;

/** Starts runs and gives the workflow of each. @throws ApiRefused `run-running` while one is under way. */
export async function startRuns(api: ApiClient, order: SyncOrder): Promise<readonly StartedRun[]> {
  const started: StartedRun[] = [];
  for (const bridgeId of await bridgesOf(api, order.bridge)) {
    const before = await newestRun(api, bridgeId);
    const { workflowId } = await api.call(startRun, { params: { bridgeId }, body: bodyOf(order) });
    started.push({ bridgeId, workflowId, after: before?.id ?? '0' });
  }
  return started;
}

const bodyOf = ({ full, confirmFirstRun }: SyncOrder) => ({
  full,
  ...(confirmFirstRun === true && { confirmFirstRun }),
});

type StartedRun = { readonly bridgeId: string; readonly workflowId: string; readonly after: string };

/** Starts runs and waits until each is over, telling how far they are. Joins a run that is under way already. */
export async function runToEnd(api: ApiClient, order: SyncOrder): Promise<readonly Run[]> {
  const ended: Run[] = [];
  for (const bridgeId of await bridgesOf(api, order.bridge)) {
    const [started] = await startOrJoin(api, { ...order, bridge: bridgeId });
    ended.push(await waitForRun(api, started ?? { bridgeId, after: '0' }, order.note));
  }
  return ended;
}

async function startOrJoin(api: ApiClient, order: SyncOrder) {
  try {
    return await startRuns(api, order);
  } catch (cause) {
    if (!(cause instanceof ApiRefused) || cause.code !== 'run-running') throw cause;
    order.note(`${order.bridge}: a run is under way already; waiting for it`);
    return [];
  }
}

async function waitForRun(
  api: ApiClient,
  { bridgeId, after }: Pick<StartedRun, 'bridgeId' | 'after'>,
  note: (line: string) => void,
): Promise<Run> {
  const until = Date.now() + APPEARS_WITHIN_MS;
  let told = '';
  for (;;) {
    const run = await newestRun(api, bridgeId);
    const isOurs = run !== undefined && BigInt(run.id) > BigInt(after);
    if (isOurs && run.state !== 'running') return run;
    if (!isOurs && Date.now() > until) {
      throw new CommandFailed(`The run of ${bridgeId} has not begun. Is a worker running?`, 'not_begun');
    }
    const phase = isOurs ? `${bridgeId}: ${run.phase} ${counters(run)}` : '';
    if (phase !== told) note(phase);
    told = phase;
    await sleep(ASK_EVERY_MS);
  }
}

/** What a run counted, without what it did not. */
export function counters(run: Pick<Run, 'counters'>): string {
  return Object.entries(run.counters)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

async function newestRun(api: ApiClient, bridge: string): Promise<Run | undefined> {
  return (await api.call(listRuns, { query: { bridge, limit: 1 } })).items[0];
}

async function bridgesOf(api: ApiClient, bridge: string | undefined): Promise<readonly string[]> {
  if (bridge !== undefined) return [bridge];
  const { items } = await api.call(listBridges, {});
  const active = items.filter(({ mode }) => mode !== 'off').map(({ id }) => id);
  if (active.length === 0)
    throw new CommandFailed('There is no bridge to run. "apply" makes one.', 'no_bridge');
  return active;
}
