import { randomUUID } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { connectTemporal, type Temporal } from '../../temporal/connect.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { activityInterceptors } from '../../worker/activity-interceptors.js';
import { findWorkflows } from '../../worker/bundle.js';
import { FakeWorld } from '../integration/workflows/fake-world.js';

/** What a scenario plays on: a worker over a world of its own. */
export type ReplayStage = { readonly temporal: Temporal; readonly world: FakeWorld };

/** A way that a process may take. `play` takes it to its end, or to `openAt`, and names the process. */
export type Scenario = {
  readonly workflow: string;
  readonly play: (stage: ReplayStage) => Promise<string>;
};

const SETTLE_MS = 400;

/** Until what was asked for has happened. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** Runs `play` while a worker works for it. */
export async function onStage<T>(address: string, play: (stage: ReplayStage) => Promise<T>): Promise<T> {
  const taskQueue = `record-${randomUUID()}`;
  const temporal = connectTemporal({ address, namespace: 'default', taskQueue });
  await registerSearchAttributes(temporal);
  const connection = await NativeConnection.connect({ address });
  const world = new FakeWorld();
  const worker = await Worker.create({
    connection,
    taskQueue,
    activities: { ...world.activities() },
    interceptors: { activity: [activityInterceptors] },
    ...findWorkflows(),
  });
  try {
    return await worker.runUntil(() => play({ temporal, world }));
  } finally {
    await connection.close();
    await temporal.close();
  }
}
