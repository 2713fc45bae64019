import { randomUUID } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBulk } from '../../../temporal/bulks.js';
import { connectTemporal, type Temporal } from '../../../temporal/connect.js';
import { registerSearchAttributes } from '../../../temporal/search-attributes.js';
import { activityInterceptors } from '../../../worker/activity-interceptors.js';
import { findWorkflows } from '../../../worker/bundle.js';
import { workflowIds } from '../../../workflows/messages.js';
import { withDatabase } from '../../kit/database.js';
import { temporalAddress } from '../../kit/temporal.js';
import { count, itemsOf, outcomesOf, storeItems } from './bulk-bench.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const CASES = 60;

describe('a bulk decision with everything real: database, Temporal, both systems', () => {
  const url = withDatabase();
  let bridge: ContractBridge;
  let temporal: Temporal;
  let end = async (): Promise<void> => undefined;

  beforeAll(async () => {
    bridge = await openContractBridge(url(), { newEntries: 'ask' });
    const taskQueue = `bulk-${randomUUID()}`;
    const address = temporalAddress();
    temporal = connectTemporal({ address, namespace: 'default', taskQueue });
    await registerSearchAttributes(temporal);
    const connection = await NativeConnection.connect({ address });
    const activities = { ...bridge.engine.activities };
    const interceptors = { activity: [activityInterceptors] };
    const worker = await Worker.create({
      connection,
      taskQueue,
      activities,
      interceptors,
      ...findWorkflows(),
    });
    const running = worker.run();
    end = async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await temporal.close();
      await bridge.close();
    };
  }, 120_000);
  afterAll(() => end());

  it('writes every case once', { timeout: 300_000 }, async () => {
    for (let i = 1; i <= CASES; i += 1) await bridge.book((i % 9) + 1);
    await bridge.engine.run();
    const bulkId = await storeItems(bridge.engine, 'create', itemsOf(await bridge.engine.openConflicts()));
    await startBulk(temporal, bulkId);
    await temporal.client.workflow.getHandle(workflowIds.bulk(bulkId)).result();
    expect(count(await outcomesOf(bridge.engine, bulkId))).toEqual({ applied: CASES });
    expect(await bridge.timesheets()).toHaveLength(CASES);
  });
});
