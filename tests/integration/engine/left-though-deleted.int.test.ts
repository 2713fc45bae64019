import { expect, it } from 'vitest';
import { inTransaction } from '../../../db/sql.js';
import { readSums } from '../../../db/stores/sums.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened));

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
