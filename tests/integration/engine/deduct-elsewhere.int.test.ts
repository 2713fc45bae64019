import { describe, expect, it } from 'vitest';
import * as yup from 'yup';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

const ID = yup.object({ id: yup.number().required() });

describe('less time in Zammad after the export', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  it('is deducted from an open row of another ticket of that customer, and both sums come out', async () => {
    const first = await bridge.book(30);
    const ticket = await ID.validate(
      await bridge.zammad('POST', '/tickets', {
        title: 'Netz',
        group_id: 1,
        customer_id: 5,
        article: { body: 'Bitte helfen', type: 'note' },
      }),
    );
    const path = `/tickets/${ticket.id}/time_accountings`;
    const booked = await fetch(`${bridge.simulators.zammadUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer tok_agent', 'content-type': 'application/json' },
      body: JSON.stringify({ time_unit: 60 }),
    });
    expect(booked.status).toBe(201);
    await bridge.engine.run();
    const rows = await bridge.timesheets();
    const exported = rows.find(({ duration }) => duration === 1800);
    const open = rows.find(({ duration }) => duration === 3600);
    if (!exported || !open) throw new Error('not written');
    await bridge.kimai('PATCH', `/timesheets/${exported.id}/export`);
    await bridge.zammad('PUT', `/time_accountings/${first}`, { time_unit: 20 });
    await bridge.engine.run(true);
    const [locked, ...others] = await bridge.engine.openConflicts();
    expect([locked?.kind, others]).toEqual(['locked', []]);
    if (!locked) return;
    expect((await bridge.engine.decide(locked, 'deduct', { targetId: String(open.id) })).state).toBe(
      'closed',
    );
    expect((await bridge.timesheets()).map(({ id, duration }) => [id, duration])).toEqual(
      rows.map(({ id, duration }) => [id, id === open.id ? 3000 : duration]),
    );
    await bridge.engine.run(true);
    expect(await bridge.engine.openConflicts()).toEqual([]);
    expect((await bridge.timesheets()).map(({ duration }) => duration).sort()).toEqual([1800, 3000]);
  });
});
