import { expect, it } from 'vitest';
import { inTransaction } from '../../../db/sql.js';
import { readSums } from '../../../db/stores/sums.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened));

const sums = () => inTransaction(bridge.engine.db, (session) => readSums(session, BRIDGE));

/* Seed 13 of the random histories: a correction of which one part is in a link and the rest nets a small entry out. */
it('a correction that is in a link and nets an entry out breaks no sum while the ticket has a question', async () => {
  await bridge.book(102);
  await bridge.engine.run();
  const [sheet] = await bridge.timesheets();
  await bridge.kimai('PATCH', `/timesheets/${sheet?.id}`, {
    begin: '2026-03-02T09:00:00',
    end: '2026-03-02T10:05:00',
  });
  await bridge.book(63);
  await bridge.book(5);
  await bridge.book(-31);
  await bridge.engine.run(true);

  expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['target_changed']);
  const written = (await bridge.timesheets()).map(({ duration }) => Number(duration) / 60);
  expect(written.sort((a, b) => a - b)).toEqual([37, 65]);
  expect((await sums()).brokenSeconds).toBe(0);
});
