import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '../../../db/sql.js';
import { readSums } from '../../../db/stores/sums.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

let databaseUrl: string;
let bridge: ContractBridge;
beforeEach(async () => {
  databaseUrl = await createDatabase();
  bridge = await openContractBridge(databaseUrl);
});
afterEach(async () => {
  await bridge.close();
  await dropDatabase(databaseUrl);
});

it('an exported row of a deleted entry that somebody leaves is open in the sum, not broken', async () => {
  const entry = await bridge.book(30);
  await bridge.engine.run();
  const [sheet] = await bridge.timesheets();
  await bridge.kimai('PATCH', `/timesheets/${sheet?.id}/export`);
  await bridge.zammad('DELETE', `/time_accountings/${entry}`);
  await bridge.engine.run(true);
  const [asked] = await bridge.engine.openConflicts();
  expect(asked?.kind).toBe('locked');
  if (asked) await bridge.engine.decide(asked, 'leave');
  await bridge.engine.run(true);

  expect(await bridge.engine.openConflicts()).toEqual([]);
  const { months, brokenSeconds } = await inTransaction(bridge.engine.db, (session) =>
    readSums(session, BRIDGE),
  );
  expect([brokenSeconds, months.map(({ target, open }) => [target, open])]).toEqual([0, [[1800, 1800]]]);
});
