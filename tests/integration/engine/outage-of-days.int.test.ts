import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { toFailure } from '../../../worker/to-failure.js';
import { pauseCauseOf } from '../../../workflows/pause-connector.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const HOUR_MS = 3_600_000;
const HOURS_AWAY = 72;
/** How far time moves at once. */
const STEP_HOURS = 6;
const STEPS = HOURS_AWAY / STEP_HOURS;
const PER_SECOND = 15;
const DOWN = { down: true, mode: 'status' };

/** What ages in our database while time is moved: everything that says how long ago something was, or when it is due. */
const AGEING = {
  notifications: ['created_at', 'due_at'],
  ledger: ['created_at', 'not_before', 'lease_until', 'sent_at', 'answered_at'],
  connectors: ['health_since', 'next_probe_at'],
  bridge_entries: ['first_seen_at', 'eligible_at'],
  sync_runs: ['started_at', 'finished_at'],
  conflicts: ['opened_at', 'listed_since'],
} as const;

describe('a Kimai that is away for three days', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;
  let hoursLeft = HOURS_AWAY + STEP_HOURS;
  const tickets: number[] = [];
  /** Minutes of each entry by its id, as Zammad has them; every new one is longer than all before. */
  const booked = new Map<number, { readonly ticket: number; readonly minutes: number }>();

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    const now = () => new Date(Date.now() - hoursLeft * HOUR_MS);
    bridge = await openContractBridge(databaseUrl, {}, { now });
    await sql(
      `update connectors set settings = settings || '{"requestsPerSecond": ${PER_SECOND}}' returning 1`,
    );
    await setClocks();
    for (let at = 0; at < 4; at += 1) tickets.push(await newTicket(`Vorgang ${at}`));
  });
  afterAll(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  const sql = <T extends object>(text: string) => rows<T>({ db: bridge.engine.db, tx: null }, text);
  const control = async (url: string, path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    expect((await fetch(`${url}/__control/${path}`, sent)).status).toBe(200);
  };
  const setClocks = async (): Promise<void> => {
    for (const url of [bridge.simulators.zammadUrl, bridge.simulators.kimaiUrl])
      await control(url, 'clock', { offsetMs: -hoursLeft * HOUR_MS });
  };
  const kimaiDown = (body: unknown) => control(bridge.simulators.kimaiUrl, 'down', body);

  async function newTicket(title: string): Promise<number> {
    const article = { body: 'Bitte helfen', type: 'note' };
    const made = await bridge.zammad('POST', '/tickets', { title, group_id: 1, customer_id: 5, article });
    return Number(Reflect.get(Object(made), 'id'));
  }
  async function book(ticket: number): Promise<void> {
    const minutes = 2 + Math.max(0, ...[...booked.values()].map((entry) => entry.minutes));
    booked.set(await bridge.bookOn(ticket, minutes), { ticket, minutes });
  }
  /** A minute more: no two entries are ever as long as one another. */
  async function edit(id: number): Promise<void> {
    const entry = booked.get(id);
    if (entry === undefined) throw new Error(`no entry ${id}`);
    const minutes = entry.minutes + 1;
    await bridge.zammad('PUT', `/tickets/${entry.ticket}/time_accountings/${id}`, { time_unit: minutes });
    booked.set(id, { ...entry, minutes });
  }

  /** Some hours later, for both systems, for our processes and for what our database says of the past. */
  async function hoursLater(): Promise<void> {
    hoursLeft -= STEP_HOURS;
    await setClocks();
    for (const [table, columns] of Object.entries(AGEING)) {
      const aged = columns
        .map((column) => `${column} = ${column} - interval '${STEP_HOURS} hours'`)
        .join(', ');
      await sql(`update ${table} set ${aged} returning 1`);
    }
  }

  /** What a workflow does with an activity that failed: it pauses the connector, or fails itself. */
  async function paused(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return false;
    } catch (error) {
      const failure = toFailure(error, 1);
      const cause = failure instanceof ApplicationFailure ? pauseCauseOf(failure) : undefined;
      if (cause === undefined) throw error;
      await bridge.engine.activities.pauseConnector(cause);
      return true;
    }
  }

  /** One run as `syncRun` does it: with a paused target it only reads the source. */
  async function run(full = false): Promise<string> {
    const { activities } = bridge.engine;
    const asked = { trigger: 'schedule', triggeredBy: null, workflowId: 'sync-run/demo' } as const;
    const begun = await activities.beginRun({ bridgeId: BRIDGE, full, ...asked });
    if (!begun.started) throw new Error(`the run did not start: ${begun.code}`);
    const { runId, targetPaused } = begun;
    const input = { bridgeId: BRIDGE, runId, full };
    const isPaused = await paused(async () => {
      if (!targetPaused && full) await activities.fetchCatalogues({ bridgeId: BRIDGE });
      if (!targetPaused) await activities.fetchTarget(input);
      await activities.fetchSource(input);
      if (!targetPaused) await bridge.engine.settle({ kind: 'bridge' }, { runId, decisionId: null });
    });
    await activities.openConflicts({ bridgeId: BRIDGE });
    const state = isPaused || targetPaused ? 'target_paused' : 'completed';
    await activities.finishRun({ bridgeId: BRIDGE, runId, state, error: null });
    return state;
  }

  const minutesOf = async () => (await bridge.timesheets()).map(({ duration }) => duration / 60);
  const wanted = () => [...booked.values()].map(({ minutes }) => minutes).sort((a, b) => a - b);
  const writesOf = () =>
    bridge.simulators.kimai.log
      .list()
      .filter(({ method, path }) => method !== 'GET' && /timesheets/.test(path));
  const told = async () =>
    (await sql<{ kind: string }>('select kind from notifications order by id')).map(({ kind }) => kind);
  const inInbox = () => bridge.engine.openConflicts();

  it('begins in the middle of a write whose answer is lost', async () => {
    for (const ticket of tickets) await book(ticket);
    expect(await run()).toBe('completed');
    expect((await minutesOf()).sort((a, b) => a - b)).toEqual(wanted());

    await hoursLater();
    for (const ticket of tickets) await book(ticket);
    const creates = { method: 'POST', path: '^/api/timesheets' };
    await bridge.fault({ match: creates, times: 1, then: { kind: 'drop_after_write' } });
    await bridge.fault({
      times: 100_000,
      then: { kind: 'status', status: 503 },
      skip: 0,
      match: { path: '^/api/' },
    });
    expect(await run()).toBe('target_paused');
  });

  it('is one banner, fills no inbox, and is left alone but for the probe', async () => {
    await kimaiDown(DOWN);
    bridge.simulators.kimai.log.clear();
    for (let step = 0; step < STEPS; step += 1) {
      const [ticket = 0] = tickets;
      for (const one of tickets) await book(one);
      if (step % 3 === 1) await edit([...booked.keys()][step * 3 - 2] ?? 0);
      if (step % 2 === 0)
        await paused(() =>
          bridge.engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(ticket) }),
        );
      expect(await run(step % 4 === 2)).toBe('target_paused');
      expect(await bridge.engine.activities.probeConnector({ connectorId: 'kimai' })).toBe(false);
      expect(await inInbox()).toEqual([]);
      await hoursLater();
    }
    expect(writesOf()).toEqual([]);
    expect(await told()).toEqual(['connector_stopped']);
    expect(await sql(`select health from connectors where health <> 'ok'`)).toEqual([{ health: 'paused' }]);
    expect(await sql(`select 1 from audit_logs where action = 'connector.paused'`)).toHaveLength(1);
  });

  it('is caught up with at a polite rate, each ticket in its order', async () => {
    await kimaiDown({ down: false });
    bridge.simulators.kimai.faults.clear();
    const before = (await minutesOf()).length;
    expect(await bridge.engine.activities.probeConnector({ connectorId: 'kimai' })).toBe(true);
    bridge.simulators.kimai.log.clear();
    const since = performance.now();
    expect(await run()).toBe('completed');
    const seconds = (performance.now() - since) / 1_000;
    const calls = bridge.simulators.kimai.log.list().length;
    expect(calls).toBeGreaterThan(STEPS * tickets.length);
    expect(calls / seconds).toBeLessThanOrEqual(PER_SECOND + 1);

    const ticketOf = new Map([...booked.values()].map(({ ticket, minutes }) => [minutes, ticket]));
    const caughtUp = (await minutesOf()).slice(before);
    for (const ticket of tickets) {
      const written = caughtUp.filter((minutes) => ticketOf.get(minutes) === ticket);
      expect(written).toEqual(written.toSorted((a, b) => a - b));
      expect(written.length).toBeGreaterThanOrEqual(STEPS);
    }
  });

  it('leaves nothing lost and nothing doubled, by the books and by both systems', async () => {
    expect((await minutesOf()).sort((a, b) => a - b)).toEqual(wanted());
    const markers = (await bridge.timesheets()).map(
      ({ description }) => /\[tb-.*\]/.exec(description ?? '')?.[0],
    );
    expect(new Set(markers).size).toBe(booked.size);
    expect(await sql(`select 1 from ledger where state not in ('done', 'dropped')`)).toEqual([]);
    expect(await inInbox()).toEqual([]);
    expect(await told()).toEqual(['connector_stopped', 'connector_resumed']);

    bridge.simulators.kimai.log.clear();
    expect(await run(true)).toBe('completed');
    expect(writesOf().filter(({ status }) => status < 300)).toEqual([]); // what is refused only asks for rights
    const [last] = await sql<{ sums: unknown }>('select sums from sync_runs order by id desc limit 1');
    expect(last?.sums).toMatchObject({ brokenSeconds: 0 });
  });
});
