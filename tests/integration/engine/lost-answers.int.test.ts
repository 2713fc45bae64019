import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as yup from 'yup';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { rows } from '../../../db/sql.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const BEGIN = yup.object({ begin: yup.string().required() });

describe('a write whose answer is lost', () => {
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

  const ledger = () =>
    rows<{ state: string; attempts: number; lookups: number }>(
      { db: bridge.engine.db, tx: null },
      'select state, attempts, lookups from ledger order by id',
    );
  const applyUntilQuiet = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      const applied = await bridge.engine.activities.applyPlan({
        bridgeId: BRIDGE,
        scope: { kind: 'bridge' },
        cause: { runId: null, decisionId: null },
      });
      if (applied.waitUntil === null && !applied.more) return;
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, Date.parse(applied.waitUntil ?? '') - Date.now()) + 20),
      );
    }
    throw new Error('writes are still under way');
  };

  /** The end of a row that would last so many minutes, as Kimai's form takes it. */
  const endAfter = async (id: number | undefined, minutes: number): Promise<string> => {
    const { begin } = await BEGIN.validate(await bridge.kimai('GET', `/timesheets/${id}`));
    return new Date(Date.parse(`${begin.slice(0, 19)}Z`) + minutes * 60_000).toISOString().slice(0, 19);
  };

  it('is found by its marker and not written again when the target had executed it', async () => {
    await bridge.book(45);
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      times: 1,
      then: { kind: 'drop_after_write' },
    });
    await bridge.engine.run();
    expect(await ledger()).toEqual([{ state: 'sent', attempts: 1, lookups: 0 }]);
    await applyUntilQuiet();
    const sheets = await bridge.timesheets();
    expect(sheets.map(({ duration }) => duration)).toEqual([45 * 60]);
    expect((await ledger()).map(({ state }) => state)).toEqual(['done']);
  });

  it('is asked about when somebody changed the row before it was found: that is no rounding (seed 102)', async () => {
    await bridge.book(60);
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      times: 1,
      then: { kind: 'drop_after_write' },
    });
    await bridge.engine.run();
    const [written] = await bridge.timesheets();
    await bridge.kimai('PATCH', `/timesheets/${written?.id}`, { end: await endAfter(written?.id, 38) });
    await applyUntilQuiet();
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([38 * 60]);
    expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['target_changed']);
    const links = await rows(
      { db: bridge.engine.db, tx: null },
      'select rounding_seconds as rounding, accepted_seconds as accepted from links',
    );
    expect(links).toEqual([{ rounding: 0, accepted: 0 }]);
  });

  it('is written again only after two look-ups when the target never saw it', async () => {
    await bridge.book(30);
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      times: 1,
      then: { kind: 'drop' },
    });
    await bridge.engine.run();
    expect(await bridge.timesheets()).toEqual([]);
    await applyUntilQuiet();
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([30 * 60]);
  });

  it('of a change is not sent twice when it had arrived', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    await bridge.zammad('PUT', `/time_accountings/${entry}`, { time_unit: 60 });
    await bridge.fault({
      match: { method: 'PATCH', path: '^/api/timesheets' },
      times: 1,
      then: { kind: 'drop_after_write' },
    });
    await bridge.engine.run();
    await applyUntilQuiet();
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([60 * 60]);
    expect((await ledger()).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('leaves the books whole: an outage in the middle loses nothing and doubles nothing', async () => {
    for (const minutes of [15, 30, 45, 60]) await bridge.book(minutes);
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      skip: 1,
      times: 1,
      then: { kind: 'status', status: 503 },
    });
    await bridge.engine.run().catch(() => undefined);
    await applyUntilQuiet();
    const durations = (await bridge.timesheets()).map(({ duration }) => duration / 60);
    expect(durations.sort((a, b) => a - b)).toEqual([15, 30, 45, 60]);
  });

  it('never touches a row that was exported after the plan was made', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const [sheet] = await bridge.timesheets();
    await bridge.zammad('PUT', `/time_accountings/${entry}`, { time_unit: 60 });
    const { activities } = bridge.engine;
    const cause = { runId: null, decisionId: null };
    await activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: true });
    const planned = await activities.reconcile({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause });
    expect(planned.planned).toBe(1);
    const exported = await fetch(`${bridge.simulators.kimaiUrl}/__control/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [sheet?.id] }),
    });
    expect(exported.ok).toBe(true);
    await bridge.engine.settle({ kind: 'bridge' }, cause);
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([30 * 60]);
    expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['locked']);
  });

  describe('of a bridge that writes no markers', () => {
    beforeEach(async () => {
      await bridge.close();
      await dropDatabase(databaseUrl);
      databaseUrl = await createDatabase();
      bridge = await openContractBridge(databaseUrl, { marker: false });
    });
    const runWith = async (kind: 'drop' | 'drop_after_write'): Promise<void> => {
      await bridge.book(45);
      await bridge.fault({ match: { method: 'POST', path: '^/api/timesheets' }, times: 1, then: { kind } });
      await bridge.engine.run();
      await applyUntilQuiet();
      await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    };

    it('is recognised by its data when the target had executed it', async () => {
      await runWith('drop_after_write');
      expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([45 * 60]);
      expect(await bridge.engine.openConflicts()).toEqual([]);
    });

    it('is never sent again by itself otherwise: a person says what became of it', async () => {
      await runWith('drop');
      expect(await bridge.timesheets()).toEqual([]);
      const [conflict, ...others] = await bridge.engine.openConflicts();
      expect(others).toEqual([]);
      if (conflict === undefined) throw new Error('nobody was asked');
      expect(conflict.kind).toBe('unknown_outcome');
      expect((await bridge.engine.decide(conflict, 'it_is_not_there')).state).toBe('closed');
      expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([45 * 60]);
    });
  });
});
