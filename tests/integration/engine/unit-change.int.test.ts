import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { findConnector, updateConnector, type UnitPeriod } from '../../../db/stores/connectors.js';
import { forgetCursor } from '../../../db/stores/cursors.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

describe('a time unit that is changed in Zammad', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;
  const session = () => ({ db: bridge.engine.db, tx: null });
  beforeEach(async () => {
    databaseUrl = await createDatabase();
    bridge = await openContractBridge(databaseUrl);
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  const setUnit = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    const reply = await fetch(`${bridge.simulators.zammadUrl}/__control/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    expect(reply.status).toBe(200);
  };
  const periods = async (): Promise<readonly UnitPeriod[]> =>
    (await findConnector(session(), 'zammad'))?.unitPeriods ?? [];
  const confirm = async (unitPeriods: readonly UnitPeriod[]): Promise<void> => {
    const known = await findConnector(session(), 'zammad');
    if (!known) throw new Error('no connector');
    await updateConnector(session(), 'zammad', { ...known, unitPeriods });
    await forgetCursor(session(), 'zammad', 'entries');
  };
  const minutes = async () => (await bridge.timesheets()).map(({ duration }) => duration / 60);

  it('stops runs; once confirmed it holds from the change on, also for what was read in between', async () => {
    await setUnit({ time_accounting_unit: 'minute' });
    await bridge.book(30);
    await bridge.engine.run();
    expect(await periods()).toEqual([{ from: null, secondsPerUnit: 60, setting: 'minute' }]);

    const readTicket = () =>
      bridge.engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(bridge.ticketId) });
    await readTicket();
    const changedAt = new Date().toISOString();
    await setUnit({ time_accounting_unit: 'hour' });
    await bridge.book(1.5);
    // A ticket's sync that had looked at the settings just before reads it as a minute and a half.
    await readTicket();
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect(await minutes()).toEqual([30, 2]);
    await expect(bridge.engine.run()).rejects.toMatchObject({
      code: 'setting_changed',
      info: { finding: { code: 'zammad_unit_changed', facts: { unit: 'hour', secondsPerUnit: 3600 } } },
    });

    await confirm([
      { from: null, secondsPerUnit: 60 },
      { from: changedAt, secondsPerUnit: 3600 },
    ]);
    await bridge.engine.activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: false });
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect(await minutes()).toEqual([30, 90]);
  });

  it('of a name of its own stops runs too when the name changes, until the same unit is confirmed again', async () => {
    await setUnit({ time_accounting_unit: 'custom', time_accounting_unit_custom: 'Einheit' });
    await bridge.book(30);
    await bridge.engine.run();
    await setUnit({ time_accounting_unit: 'custom', time_accounting_unit_custom: 'Stunde' });
    const read = () => bridge.engine.activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: false });
    await expect(read()).rejects.toMatchObject({
      info: { finding: { code: 'zammad_unit_changed', facts: { label: 'Stunde', secondsPerUnit: null } } },
    });
    await confirm([{ from: null, secondsPerUnit: 60 }]);
    await read();
    expect(await periods()).toEqual([{ from: null, secondsPerUnit: 60, setting: 'custom: Stunde' }]);
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect(await minutes()).toEqual([30]);
  });
});
