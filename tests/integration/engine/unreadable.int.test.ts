import { describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

describe('a record of Zammad that cannot be read', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  it('is flagged while the rest goes on, and is read again when a person says so', async () => {
    const odd = await bridge.book(0.01);
    await bridge.book(30);
    const { runId } = await bridge.engine.run();
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([30 * 60]);
    const [conflict, ...others] = await bridge.engine.openConflicts();
    expect(others).toEqual([]);
    if (conflict === undefined) throw new Error('nobody was asked');
    expect(conflict.kind).toBe('unreadable');
    const [run] = await rows<{ sums: { months: { unreadable: number }[] } }>(
      { db: bridge.engine.db, tx: null },
      'select sums from sync_runs where id = $1',
      [runId],
    );
    expect(run?.sums.months.map(({ unreadable }) => unreadable)).toEqual([1]);

    await bridge.zammad('PUT', `/time_accountings/${odd}`, { time_unit: 15 });
    expect((await bridge.engine.decide(conflict, 'retry')).state).toBe('closed');
    expect((await bridge.timesheets()).map(({ duration }) => duration / 60).sort()).toEqual([15, 30]);
  });
});
