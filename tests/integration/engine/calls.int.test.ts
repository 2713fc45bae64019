import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { readCallCases } from '../../kit/call-cases.js';
import { createWorld, type Worlds } from '../../../simulators/worlds/registry.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const ENTRIES = 10_000;
const TICKETS = 1_000;
/** Longer ago than what a run reads a second time. */
const BOOKED_BEFORE_MS = 2 * 3_600_000;

/** World `contract` with time on a thousand tickets, all of it booked two hours ago. */
function bookedWorld(name: string, now: Date): Worlds {
  const worlds = createWorld(name, now);
  const { zammad } = worlds;
  const at = new Date(now.getTime() - BOOKED_BEFORE_MS).toISOString();
  const stamps = { created_at: at, updated_at: at, created_by_id: 3 };
  const perTicket = ENTRIES / TICKETS;
  for (let id = 1; id <= ENTRIES; id += 1) {
    const ticketId = 1 + Math.floor((id - 1) / perTicket);
    const minutes = 5 + (id % 10);
    zammad.entries[id] = {
      ...stamps,
      id,
      ticket_id: ticketId,
      ticket_article_id: null,
      time_unit: minutes * 100,
      type_id: null,
    };
    const sum = (zammad.tickets[ticketId]?.time_unit ?? 0) + minutes * 100;
    zammad.tickets[ticketId] = {
      ...stamps,
      id: ticketId,
      group_id: 1,
      priority_id: 2,
      state_id: 2,
      organization_id: 1,
      number: String(20_000 + ticketId),
      title: `Ticket ${ticketId}`,
      owner_id: 3,
      customer_id: 5,
      note: null,
      article_count: 1,
      time_unit: sum,
      close_at: null,
      last_close_at: null,
      pending_time: null,
      updated_by_id: 3,
    };
  }
  Object.assign(zammad.last_id, { entries: ENTRIES, tickets: TICKETS });
  return worlds;
}

type Calls = Readonly<Record<string, number>>;

describe('the calls that each standard case costs are those of docs/calls.md and no others', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;
  const expected = readCallCases();
  let hours = 0;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    bridge = await openContractBridge(databaseUrl, {}, { makeWorld: bookedWorld });
  });
  afterAll(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  /** What reached the two systems meanwhile, by their own logs. */
  async function callsOf(work: () => Promise<unknown>): Promise<Calls> {
    const logs = [bridge.simulators.zammad.log, bridge.simulators.kimai.log];
    for (const log of logs) log.clear();
    await work();
    return Object.fromEntries(logs.flatMap((log) => [...log.tally()]));
  }

  const expectedOf = (name: string): Calls => {
    const calls = expected.get(name);
    if (calls === undefined) throw new Error(`docs/calls.md has no case "${name}"`);
    return calls({ entries: ENTRIES, rows: ENTRIES, tickets: TICKETS });
  };
  /** An hour passes in both systems: what was booked before lies behind the overlap of the next run. */
  const later = (): void => {
    hours += 1;
    for (const { clock } of [bridge.simulators.zammad, bridge.simulators.kimai])
      clock.runWithOffset(hours * 3_600_000);
  };
  const total = (calls: Calls): number => Object.values(calls).reduce((sum, count) => sum + count, 0);
  const linked = async (): Promise<number> => {
    const [found] = await rows<{ links: string }>(
      { db: bridge.engine.db, tx: null },
      'select count(*) as links from links',
    );
    return Number(found?.links ?? 0);
  };
  const cause = { runId: null, decisionId: null };

  it('set-up: test of both connections, catalogues', async () => {
    const calls = await callsOf(() => bridge.engine.activities.fetchCatalogues({ bridgeId: BRIDGE }));
    expect(calls).toEqual(expectedOf('Set-up'));
  });

  it('first sync of 10,000 entries', async () => {
    const calls = await callsOf(() => bridge.engine.run());
    expect(await linked()).toBe(ENTRIES);
    expect(calls).toEqual(expectedOf('First sync'));
  }, 900_000);

  it('nothing changed: at most six calls to the two systems together', async () => {
    later();
    await bridge.engine.run();
    later();
    const calls = await callsOf(() => bridge.engine.run());
    expect(calls).toEqual(expectedOf('Nothing changed'));
    expect(total(calls)).toBeLessThanOrEqual(6);
  });

  it('one ticket after a webhook', async () => {
    later();
    const ticketId = TICKETS;
    // Another one before it, so that states and names are known as in a process that has been there for a while.
    await bridge.engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(ticketId) });
    await bridge.bookOn(ticketId, 45);
    const calls = await callsOf(async () => {
      await bridge.engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(ticketId) });
      await bridge.engine.settle({ kind: 'ticket', ticketId: String(ticketId) }, cause);
    });
    expect(await linked()).toBe(ENTRIES + 1);
    expect(calls).toEqual(expectedOf('One ticket'));
  });

  it('one entry edited, found by the next run', async () => {
    later();
    const booked = await bridge.bookOn(TICKETS / 2, 30);
    await bridge.engine.run();
    later();
    await bridge.zammad('PUT', `/time_accountings/${booked}`, { time_unit: 60 });
    const calls = await callsOf(() => bridge.engine.run());
    expect(calls).toEqual(expectedOf('One entry edited'));
  });

  it('nightly comparison without a change: pages of both books and six calls more', async () => {
    const held = ENTRIES + 2;
    later();
    await bridge.engine.run();
    later();
    const calls = await callsOf(() => bridge.engine.run(true));
    const changedTickets = 0;
    expect(total(calls)).toBeLessThanOrEqual(
      Math.ceil(held / 1_000) + Math.ceil(held / 500) + Math.ceil(changedTickets / 200) + 6,
    );
    expect(calls).toEqual(
      expected.get('Nightly comparison')?.({ entries: held, rows: held, tickets: changedTickets }),
    );
  });

  it('catalogues are read once a day: a second comparison of the day leaves them', async () => {
    const again = { bridgeId: BRIDGE, unlessWithinHours: 20 };
    expect(await callsOf(() => bridge.engine.activities.fetchCatalogues(again))).toEqual({});
  });
});
