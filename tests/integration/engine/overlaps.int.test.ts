import { describe, expect, it } from 'vitest';
import * as yup from 'yup';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

const TIMES = yup
  .array(yup.object({ begin: yup.string().required(), end: yup.string().required() }).required())
  .required();

describe('a Kimai that forbids overlaps', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  it('gets the work of one person on two tickets side by side, whichever run brings it', async () => {
    const forbidden = await fetch(`${bridge.simulators.kimaiUrl}/__control/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 'timesheet.rules.allow_overlapping_records': '0' }),
    });
    expect(forbidden.status).toBe(200);
    await bridge.engine.activities.checkConnector({ connectorId: 'kimai' });
    await bridge.book(30);
    await bridge.engine.run();
    const made = await bridge.zammad('POST', '/tickets', {
      title: 'Netz',
      group_id: 1,
      customer_id: 5,
      article: { body: 'Bitte helfen', type: 'note' },
    });
    const { id } = await yup.object({ id: yup.number().required() }).validate(made);
    const booked = await fetch(`${bridge.simulators.zammadUrl}/api/v1/tickets/${id}/time_accountings`, {
      method: 'POST',
      headers: { authorization: 'Bearer tok_agent', 'content-type': 'application/json' },
      body: JSON.stringify({ time_unit: 30 }),
    });
    expect(booked.status).toBe(201);
    await bridge.engine.run();
    expect(await bridge.engine.openConflicts()).toEqual([]);
    const rows = TIMES.validateSync(await bridge.kimai('GET', '/timesheets?user=all&orderBy=id&order=ASC'));
    const spans = rows
      .map(({ begin, end }) => [begin, end].map((text) => Date.parse(text.replace(/(\d\d)$/, ':$1'))))
      .sort(([a = 0], [b = 0]) => a - b);
    expect(spans).toHaveLength(2);
    expect(spans[1]?.[0]).toBeGreaterThanOrEqual(spans[0]?.[1] ?? Number.POSITIVE_INFINITY);
  });
});
