import { rows } from '../../../db/sql.js';
import type { Policies } from '../../../domain/policies.js';
import { BRIDGE, type EngineBench, type OpenConflict } from '../../integration/engine/bench-bridge.js';
import type { ContractBridge } from '../../integration/engine/contract-bridge.js';
import { decide, decideAll, readAll, run, settle, syncTicket, undoRun } from './drive.js';

/** Something that is done from its beginning to its end; `kimai` are the minutes that stand in Kimai afterwards. */
export type Scenario = {
  readonly policies?: Partial<Policies>;
  /** Done before the sweep begins. */
  readonly before?: (bridge: ContractBridge) => Promise<void>;
  readonly play: (bridge: ContractBridge) => Promise<void>;
  readonly kimai: readonly number[];
  /** Names of Kimai's customers afterwards, each with one project; where it is about them. */
  readonly customers?: readonly string[];
};

async function onlyCase({ engine }: ContractBridge): Promise<OpenConflict> {
  const [only, ...others] = await engine.openConflicts();
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} cases, not one`);
  return only;
}

async function firstSheet(bridge: ContractBridge) {
  const [sheet] = await bridge.timesheets();
  if (sheet === undefined) throw new Error('there is no timesheet');
  return sheet;
}

async function entryIds(bridge: ContractBridge): Promise<readonly number[]> {
  const listed = await bridge.zammad('GET', `/tickets/${bridge.ticketId}/time_accountings`);
  if (!Array.isArray(listed)) throw new Error('no list of entries');
  return listed.map((entry: unknown) => Number(Reflect.get(Object(entry), 'id')));
}

const change = async (bridge: ContractBridge, at: number, minutes: number): Promise<void> => {
  const id = (await entryIds(bridge))[at];
  await bridge.zammad('PUT', `/tickets/${bridge.ticketId}/time_accountings/${id}`, { time_unit: minutes });
};
const remove = async (bridge: ContractBridge, at: number): Promise<void> => {
  const id = (await entryIds(bridge))[at];
  await bridge.zammad('DELETE', `/tickets/${bridge.ticketId}/time_accountings/${id}`);
};

const synced =
  (...minutes: number[]) =>
  async (bridge: ContractBridge): Promise<void> => {
    for (const one of minutes) await bridge.book(one);
    await run(bridge.engine);
  };

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a first run writes new entries together': {
    play: synced(15, 30, 45),
    kimai: [15, 30, 45],
  },
  'a run writes a new entry, a change and a deletion': {
    policies: { sourceDeletions: 'delete' },
    before: async (bridge) => {
      await synced(15, 30)(bridge);
      await bridge.book(60);
      await change(bridge, 0, 20);
      await remove(bridge, 1);
      await readAll(bridge.engine);
    },
    play: ({ engine }) => settle(engine, { kind: 'bridge' }),
    kimai: [20, 60],
  },
  'a ticket is synced after a webhook, and the answer to its write is lost': {
    play: async (bridge) => {
      await bridge.book(25);
      const match = { method: 'POST', path: '^/api/timesheets' };
      await bridge.fault({ match, times: 1, then: { kind: 'drop_after_write' } });
      await syncTicket(bridge);
    },
    kimai: [25],
  },
  'a person restores what was edited in Kimai': {
    before: async (bridge) => {
      await synced(30)(bridge);
      const { id } = await firstSheet(bridge);
      await bridge.kimai('PATCH', `/timesheets/${id}`, { activity: await otherActivity(bridge) });
      await run(bridge.engine, true);
    },
    play: async (bridge) => decide(bridge.engine, await onlyCase(bridge), 'take_source'),
    kimai: [30],
  },
  'a question vanishes because its entry was deleted': {
    policies: { newEntries: 'ask' },
    before: async (bridge) => {
      await synced(30)(bridge);
      await remove(bridge, 0);
      await readAll(bridge.engine);
    },
    play: ({ engine }) => settle(engine, { kind: 'bridge' }),
    kimai: [],
  },
  'a gap is closed and what waited behind it is written': {
    before: async (bridge) => {
      const session = { db: bridge.engine.db, tx: null };
      await rows(session, 'delete from activity_mappings where bridge_id = $1 returning 1', [BRIDGE]);
      await synced(10, 20)(bridge);
    },
    play: async (bridge) => {
      const gap = await onlyCase(bridge);
      await decide(bridge.engine, gap, 'map', { targetId: await otherActivity(bridge) });
    },
    kimai: [10, 20],
  },
  'a customer is made, and what waited for it is written': {
    policies: { customers: 'create' },
    before: async (bridge) => {
      const session = { db: bridge.engine.db, tx: null };
      await rows(session, 'delete from customer_mappings where bridge_id = $1 returning 1', [BRIDGE]);
      await bridge.kimai('PATCH', '/customers/1', { name: 'Somebody else' });
      await bridge.book(10);
      await bridge.book(20);
      await readAll(bridge.engine);
    },
    play: ({ engine }) => settle(engine, { kind: 'bridge' }),
    kimai: [10, 20],
    customers: ['Example GmbH', 'Somebody else'],
  },
  'many are decided at once': {
    policies: { newEntries: 'ask' },
    before: synced(10, 20, 30),
    play: ({ engine }) => decideAll(engine, 'create'),
    kimai: [10, 20, 30],
  },
  'a run is undone': {
    before: async (bridge) => {
      await synced(10)(bridge);
      await bridge.book(20);
      await change(bridge, 0, 15);
      await run(bridge.engine, true);
    },
    play: async ({ engine }) => undoRun(engine, await newestRun(engine)),
    kimai: [10],
  },
};

async function newestRun({ db }: EngineBench): Promise<string> {
  const sql = 'select id from sync_runs order by id desc limit 1';
  const [newest] = await rows<{ id: string }>({ db, tx: null }, sql);
  if (newest === undefined) throw new Error('there was no run');
  return newest.id;
}

let made = 0;
async function otherActivity(bridge: ContractBridge): Promise<string> {
  made += 1;
  const activity = await bridge.kimai('POST', '/activities', {
    name: `Other ${made}`,
    visible: true,
    billable: true,
  });
  return String(Reflect.get(Object(activity), 'id'));
}
