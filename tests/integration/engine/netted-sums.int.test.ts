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

/* Seed 59: the lead of a correction is deleted, and another entry takes the correction while the case of the first waits. */
it('a correction that another entry took over breaks no sum while the case of its deleted lead waits', async () => {
  const { ticketId } = bridge;
  const first = await bridge.book(2);
  await bridge.engine.run();
  const second = await bridge.book(61);
  await bridge.book(-2);
  await bridge.engine.run();
  await bridge.zammad('DELETE', `/tickets/${ticketId}/time_accountings/${second}`);
  await bridge.zammad('PUT', `/tickets/${ticketId}/time_accountings/${first}`, { time_unit: 68 });
  await bridge.engine.run(true);

  expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['source_deleted']);
  const { months, brokenSeconds } = await sums();
  expect(brokenSeconds).toBe(0);
  const total = (figure: 'source' | 'target' | 'open') =>
    months.reduce((sum, month) => sum + month[figure], 0);
  expect(total('source')).toBe(66 * 60);
  expect(total('target') - total('source')).toBe(total('open'));
});
