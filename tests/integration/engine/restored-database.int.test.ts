import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase, createDatabase, dropDatabase } from '../../kit/database.js';
import { inTransaction } from '../../../db/sql.js';
import { distrustBooks } from '../../../db/stores/restored.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

describe('a database that is restored from an older backup, while Kimai went on', () => {
  let databaseUrl: string;
  let backupUrl: string;
  let bridge: ContractBridge;
  beforeEach(async () => {
    databaseUrl = await createDatabase();
    backupUrl = await createDatabase();
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
    await dropDatabase(backupUrl);
  });

  const backUp = () => copyDatabase(databaseUrl, backupUrl);
  /** Puts the copy back, and does what a worker does that notices it at its start. */
  const restore = async (): Promise<void> => {
    await copyDatabase(backupUrl, databaseUrl);
    await inTransaction(bridge.engine.db, (session) => distrustBooks(session, { lastSeen: 2, newest: 1 }));
    bridge.simulators.kimai.log.clear();
  };
  const writes = () =>
    bridge.simulators.kimai.log
      .list()
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/timesheets'));
  const minutes = async () => (await bridge.timesheets()).map(({ duration }) => duration / 60);

  it.each([false, true])(
    'finds rows that it does not know by their markers (full comparison: %s)',
    async (full) => {
      bridge = await openContractBridge(databaseUrl);
      const changed = await bridge.book(30);
      await bridge.engine.run();
      await backUp();
      await bridge.book(20);
      await bridge.zammad('PUT', `/time_accountings/${changed}`, { time_unit: 45 });
      await bridge.engine.run();
      expect(await minutes()).toEqual([45, 20]);

      await restore();
      await bridge.engine.run(full);
      await bridge.engine.run(full);
      expect(await minutes()).toEqual([45, 20]);
      expect(writes()).toEqual([]);
      expect(await bridge.engine.openConflicts()).toEqual([]);
    },
  );

  it('does not carry out a decision again that it has forgotten to have carried out', async () => {
    bridge = await openContractBridge(databaseUrl, { newEntries: 'ask' });
    const { engine } = bridge;
    const { activities } = engine;
    await bridge.book(30);
    await bridge.engine.run();
    const [asked] = await engine.openConflicts();
    if (asked === undefined) throw new Error('nothing was asked');
    const conflictId = asked.id;
    const decisionId = randomUUID();
    await activities.recordDecision({
      ...{ conflictId, decisionId, version: asked.version, choice: 'create', parameters: {}, note: null },
      actor: { kind: 'person', id: 'tester', name: 'Testerin' },
    });
    await backUp();
    const carryOut = async () => {
      await activities.planDecision({ conflictId, decisionId });
      await engine.settle({ kind: 'conflict', conflictId }, { runId: null, decisionId });
      return activities.settleDecision({ conflictId, decisionId });
    };
    expect(await carryOut()).toMatchObject({ state: 'closed' });
    expect(await minutes()).toEqual([30]);

    await restore();
    // Its process is started again before any run has looked: it waits.
    expect(await carryOut()).toMatchObject({ state: 'applying' });
    expect(writes()).toEqual([]);
    await activities.fetchTarget({ bridgeId: BRIDGE, runId: null, full: false });
    expect(await carryOut()).toMatchObject({ state: 'closed' });
    expect(writes()).toEqual([]);
    expect(await minutes()).toEqual([30]);
  });
});
