import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rows } from '../../db/sql.js';
import { freePort } from '../../stack/ports.js';
import { findTemporal } from '../../stack/temporal-binary.js';
import { startTemporalServer, type TemporalServer } from '../../stack/temporal-server.js';
import { countConflictProcesses, decideConflict } from '../../temporal/conflicts.js';
import { connectTemporal, type Temporal } from '../../temporal/connect.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { activityInterceptors } from '../../worker/activity-interceptors.js';
import { findWorkflows } from '../../worker/bundle.js';
import { createKeeperStore } from '../../worker/database-store.js';
import { Keeper } from '../../worker/keeper.js';
import { BRIDGE } from '../integration/engine/bench-bridge.js';
import { openContractBridge, type ContractBridge } from '../integration/engine/contract-bridge.js';
import { withDatabase } from '../kit/database.js';
import { withFolder } from '../kit/temporary-folder.js';

const WAITING = 50;

const url = withDatabase();
const folder = withFolder();
let bridge: ContractBridge;
let server: TemporalServer;
let temporal: Temporal;

const startServer = async (port: number): Promise<TemporalServer> => {
  const executable = await findTemporal({ say: () => undefined });
  return startTemporalServer({ executable, port, dataDir: join(folder(), 'temporal') });
};

beforeAll(async () => {
  bridge = await openContractBridge(url(), { newEntries: 'ask' });
  for (let minutes = 1; minutes <= WAITING; minutes += 1) await bridge.book(minutes);
  await bridge.engine.run();
  server = await startServer(await freePort());
  temporal = connectTemporal({ address: server.address, namespace: 'default', taskQueue: randomUUID() });
});
afterAll(async () => {
  await temporal.close();
  await server.stop();
  await bridge.close();
});

const states = async (): Promise<Readonly<Record<string, number>>> => {
  const sql = 'select state, count(*)::int as cases from conflicts group by state';
  const found = await rows<{ state: string; cases: number }>({ db: bridge.engine.db, tx: null }, sql);
  return Object.fromEntries(found.map(({ state, cases }) => [state, cases]));
};

/** Until a worker has nothing left to do: processes of all open cases wait. */
async function keepUntilAllWait(): Promise<void> {
  await registerSearchAttributes(temporal);
  const keeper = new Keeper(createKeeperStore(bridge.engine.db, url()), temporal, pino({ level: 'silent' }));
  await vi.waitFor(
    async () => {
      await keeper.keep();
      expect(await countConflictProcesses(temporal, [BRIDGE])).toBe(WAITING);
    },
    { timeout: 60_000, interval: 500 },
  );
}

async function withWorker<T>(work: () => Promise<T>): Promise<T> {
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    taskQueue: temporal.taskQueue,
    activities: { ...bridge.engine.activities },
    interceptors: { activity: [activityInterceptors] },
    ...findWorkflows(),
  });
  try {
    return await worker.runUntil(work);
  } finally {
    await connection.close();
  }
}

it('when the store of Temporal is wiped every case waits again, none decided, none lost', async () => {
  await withWorker(keepUntilAllWait);
  expect(await states()).toEqual({ open: WAITING });

  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  rmSync(join(folder(), 'temporal'), { recursive: true, force: true });
  server = await startServer(Number(new URL(`tcp://${server.address}`).port));

  await withWorker(async () => {
    await keepUntilAllWait();
    expect(await states()).toEqual({ open: WAITING });
    const [first] = await bridge.engine.openConflicts();
    if (first === undefined) throw new Error('no case waits');
    const decisionId = randomUUID();
    const ref = { conflictId: first.id, bridgeId: BRIDGE, ticketId: null, kind: first.kind };
    await vi.waitFor(
      () =>
        decideConflict(temporal, ref, {
          decisionId,
          conflictId: first.id,
          version: first.version,
          choice: 'create',
          parameters: {},
          note: null,
          actor: { kind: 'person', id: 'tester', name: 'Testerin' },
        }),
      { timeout: 60_000, interval: 500 },
    );
    await vi.waitFor(async () => expect(await states()).toEqual({ open: WAITING - 1, closed: 1 }), {
      timeout: 60_000,
      interval: 500,
    });
  });
  expect(await bridge.timesheets()).toHaveLength(1);
});
