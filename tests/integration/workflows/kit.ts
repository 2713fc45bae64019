import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, vi } from 'vitest';
import { connectTemporal, type Temporal } from '../../../temporal/connect.js';
import { registerSearchAttributes } from '../../../temporal/search-attributes.js';
import { activityInterceptors } from '../../../worker/activity-interceptors.js';
import { findWorkflows } from '../../../worker/bundle.js';
import { workflowIds, type ConflictApprovalArgs } from '../../../workflows/messages.js';
import { temporalAddress } from '../../kit/temporal.js';
import { FakeWorld } from './fake-world.js';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

export type Stage = { readonly temporal: Temporal; readonly world: FakeWorld };

/** A worker over a fake world with a task queue of its own, for a test file. Ids must be fresh in each test. */
export function withWorkflows(
  options: Partial<WorkerOptions> = {},
  serverAddress: () => string = temporalAddress,
): () => Stage {
  let stage: Stage | undefined;
  let end = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const taskQueue = `test-${randomUUID()}`;
    const address = serverAddress();
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
      ...options,
    });
    const running = worker.run();
    stage = { temporal, world };
    end = async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await temporal.close();
    };
  });
  afterAll(() => end());
  return () => {
    if (!stage) throw new Error('The worker exists only inside tests and hooks');
    return stage;
  };
}

/** Starts a conflict's process with waits that fit a test, and returns its handle. */
export async function startCase(stage: Stage, conflictId: string, waits: Partial<ConflictApprovalArgs> = {}) {
  return stage.temporal.client.workflow.start('conflictApproval', {
    taskQueue: stage.temporal.taskQueue,
    workflowId: workflowIds.conflict(conflictId),
    args: [
      {
        conflictId,
        bridgeId: 'bridge',
        remindEveryMs: 3_600_000,
        retryFirstMs: 50,
        retryMostMs: 200,
        ...waits,
      } satisfies ConflictApprovalArgs,
    ],
  });
}

/** Waits until a condition holds; fails the test with vitest's own message when it never does. */
export const until = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
