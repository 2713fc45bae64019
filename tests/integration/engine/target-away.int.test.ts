import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { claimIntents, markSent, renewSent } from '../../../db/stores/ledger-claims.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const CREATES = { method: 'POST', path: '^/api/timesheets' };
const ALWAYS = 1_000;

describe('a target that does not answer as it should', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;
  /** Each look at the clock is this much later than the last. */
  let slowness = 0;

  beforeEach(async () => {
    databaseUrl = await createDatabase();
    slowness = 0;
    let passed = 0;
    const now = () => new Date(Date.now() + (passed += slowness));
    bridge = await openContractBridge(databaseUrl, {}, { now });
    // The connection test asks by an empty POST, which is always refused.
    bridge.simulators.kimai.log.clear();
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  const session = () => ({ db: bridge.engine.db, tx: null });
  const states = async () =>
    (await rows<{ state: string }>(session(), 'select state from ledger order by id')).map(
      ({ state }) => state,
    );
  const creates = () =>
    bridge.simulators.kimai.log
      .list()
      .filter(({ method, path }) => method === 'POST' && path === '/api/timesheets');
  const apply = () =>
    bridge.engine.activities.applyPlan({
      bridgeId: BRIDGE,
      scope: { kind: 'bridge' },
      cause: { runId: null, decisionId: null },
    });
  const clearFaults = () => bridge.simulators.kimai.faults.clear();
  const minutesInKimai = async () =>
    (await bridge.timesheets()).map(({ duration }) => duration / 60).sort((a, b) => a - b);

  it('rows whose tag could not be made go back to the plan at once', async () => {
    for (const minutes of [15, 30, 45]) await bridge.book(minutes);
    await bridge.fault({
      match: { path: '^/api/tags' },
      times: ALWAYS,
      then: { kind: 'status', status: 503 },
    });
    await expect(bridge.engine.run()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await states()).toEqual(['planned', 'planned', 'planned']);
    clearFaults();
    await bridge.engine.run();
    expect(await minutesInKimai()).toEqual([15, 30, 45]);
  });

  it('after two lost answers in a row the rest is not sent: one wait and no more', async () => {
    for (let minutes = 1; minutes <= 12; minutes += 1) await bridge.book(minutes);
    await bridge.fault({ match: CREATES, times: ALWAYS, then: { kind: 'status', status: 503 } });
    await expect(bridge.engine.run()).rejects.toMatchObject({
      code: 'unavailable',
      info: { connectorId: 'kimai' },
    });
    expect(creates()).toHaveLength(2);
    expect((await states()).sort()).toEqual([...Array<string>(10).fill('planned'), 'sent', 'sent']);
    clearFaults();
    await applyUntilQuiet();
    expect(await minutesInKimai()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  async function applyUntilQuiet(): Promise<void> {
    for (let round = 0; round < 40; round += 1) {
      const applied = await apply();
      if (applied.waitUntil === null && !applied.more) return;
      const waitMs = Math.max(0, Date.parse(applied.waitUntil ?? '') - Date.now());
      await new Promise((resolve) => setTimeout(resolve, waitMs + 20));
    }
    throw new Error('writes are still under way');
  }

  it('a row at which it fails each time is asked about instead of being sent for ever', async () => {
    await bridge.book(45);
    await bridge.fault({ match: CREATES, times: ALWAYS, then: { kind: 'status', status: 500 } });
    await bridge.engine.run();
    await applyUntilQuiet();
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect(creates()).toHaveLength(5);
    const [asked] = await bridge.engine.openConflicts();
    expect(asked).toMatchObject({ kind: 'rejected', facts: { why: { code: 'never_answered' } } });
    clearFaults();
    if (asked === undefined) throw new Error('nobody was asked');
    await bridge.engine.decide(asked, 'retry');
    expect(await minutesInKimai()).toEqual([45]);
  });

  it('a project that cannot be chosen any more has the catalogue read again', async () => {
    await bridge.book(30);
    const active = () =>
      rows<{ active: boolean }>(
        session(),
        `select active from catalogue_items where connector_id = 'kimai' and kind = 'project'`,
      );
    expect(await active()).toEqual([{ active: true }]);
    await bridge.kimai('PATCH', '/projects/1', { visible: false });
    await bridge.engine.run();
    expect(await bridge.engine.openConflicts()).toMatchObject([
      { kind: 'rejected', facts: { why: { code: 'project_not_selectable' } } },
    ]);
    expect(await active()).toEqual([{ active: false }]);
  });

  it('while it is paused no webhook calls anything: only its probe does', async () => {
    await bridge.book(30);
    const cause = { connectorId: 'kimai', code: 'unavailable', message: 'no answer' };
    await bridge.engine.activities.pauseConnector(cause);
    const { zammad, kimai } = bridge.simulators;
    for (const { log } of [zammad, kimai]) log.clear();
    const ticket = { bridgeId: BRIDGE, ticketId: String(bridge.ticketId) };
    await expect(bridge.engine.activities.fetchTicket(ticket)).rejects.toMatchObject({
      code: 'unavailable',
      info: { connectorId: 'kimai' },
    });
    expect([...zammad.log.tally(), ...kimai.log.tally()]).toEqual([]);
    expect(await bridge.engine.activities.probeConnector({ connectorId: 'kimai' })).toBe(true);
    await bridge.engine.activities.fetchTicket(ticket);
    expect(kimai.log.list().length).toBeGreaterThan(0);
  });

  it('while it is paused an entry that was edited is not yet compared, and no broken sum', async () => {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const { activities } = bridge.engine;
    await activities.pauseConnector({ connectorId: 'kimai', code: 'unavailable', message: 'no answer' });
    const path = `/tickets/${bridge.ticketId}/time_accountings/${entry}`;
    await bridge.zammad('PUT', path, { time_unit: 45 });
    const asked = {
      trigger: 'schedule',
      triggeredBy: null,
      full: false,
      workflowId: 'sync-run/demo',
    } as const;
    const begun = await activities.beginRun({ bridgeId: BRIDGE, ...asked });
    if (!begun.started) throw new Error('the run did not start');
    const { runId } = begun;
    await activities.fetchSource({ bridgeId: BRIDGE, runId, full: false });
    await activities.finishRun({ bridgeId: BRIDGE, runId, state: 'target_paused', error: 'target_paused' });
    const [run] = await rows<{ sums: unknown }>(session(), `select sums from sync_runs where id = ${runId}`);
    expect(run?.sums).toMatchObject({ brokenSeconds: 0, months: [{ open: -900 }] });
    const alarms = await rows(session(), `select 1 from notifications where kind = 'sum_broken'`);
    expect(alarms).toEqual([]);
  });

  it('a slow one keeps its rows: their lease is renewed while they wait for their turn', async () => {
    for (let minutes = 1; minutes <= 12; minutes += 1) await bridge.book(minutes);
    slowness = 15_000;
    await bridge.engine.run();
    expect(await minutesInKimai()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(creates()).toHaveLength(12);
  });

  it('a row that somebody else took over meanwhile is not sent', async () => {
    for (const minutes of [15, 30]) await bridge.book(minutes);
    const cause = { runId: null, decisionId: null };
    await bridge.engine.activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: true });
    await bridge.engine.activities.reconcile({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause });
    const at = session();
    const scope = { ticketId: null, conflictId: null, bulkId: null, undoId: null };
    const claim = { limit: 10, leaseSeconds: 0 };
    const claimed = await claimIntents(at, BRIDGE, scope, claim);
    expect(await markSent(at, claimed, 0)).toEqual(new Set(claimed.map(({ id }) => id)));
    // The lease ran out: whoever comes next has the rows, and the first one learns it before it sends.
    const [taken] = await claimIntents(at, BRIDGE, scope, { ...claim, limit: 1 });
    const left = claimed.map(({ id }) => id).filter((id) => id !== taken?.id);
    expect(await renewSent(at, claimed, 90)).toEqual(new Set(left));
    expect(left).toHaveLength(1);
  });
});
