import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../db/connection.js';
import { rows } from '../db/sql.js';
import { DEFAULT_POLICIES } from '../domain/policies.js';
import { withDatabase } from '../tests/kit/database.js';
import { noteUntold } from '../db/stores/untold-conflicts.js';
import { openConflicts } from './conflicts.js';
import { tellProcesses } from './tell-processes.js';
import type { Processes } from './deps.js';

const database = withDatabase();
let db: Sequelize;
const run = (sql: string) => rows<{ id: string }>({ db, tx: null }, sql);

beforeAll(async () => {
  db = connectDatabase(database());
  await run(`insert into connectors (id, kind, name, base_url, web_url, time_zone, unit_periods, settings)
    values ('k', 'kimai', 'K', 'https://k.example.com', 'https://k.example.com', 'UTC', '[]', '{}') returning 1`);
  await run(`insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies, schedule)
    values ('b', 'B', 'k', 'k', 'x1', 'live', '2026-01-01', '${JSON.stringify(DEFAULT_POLICIES)}', '{}') returning 1`);
});
afterAll(() => db.close());
beforeEach(() => run('delete from conflicts returning 1'));

async function newCase(subject: string): Promise<string> {
  const [made] =
    await run(`insert into conflicts (bridge_id, kind, subject, version, facts, state, seconds_at_stake, entry_count,
      search, opened_at)
    values ('b', 'missing', '${subject}', 'v1', '{}', 'open', 60, 1, '', now()) returning id`);
  return made?.id ?? '';
}

/** What is started and told; `duringStart` happens while a case's process is being started. */
function recorder(duringStart: (id: string) => Promise<unknown> = async () => undefined) {
  const started = new Map<string, boolean>();
  const told: string[] = [];
  const processes: Processes = {
    startConflict: async ({ conflictId, isNew }) => {
      await duringStart(conflictId);
      started.set(conflictId, isNew);
    },
    signalFactsChanged: async (id) => void told.push(id),
  };
  return { started, told, processes };
}

describe('processes of cases that have none', () => {
  it('are started as new ones when their rows are open and in sight', async () => {
    const [plain, snoozed, decided] = [await newCase('1'), await newCase('2'), await newCase('3')];
    await run(`update conflicts set snoozed_until_change = true where id = ${snoozed} returning 1`);
    await run(`update conflicts set state = 'deciding' where id = ${decided} returning 1`);
    const { started, processes } = recorder();
    expect(await openConflicts({ db, processes }, { bridgeId: 'b' })).toEqual({ started: 3, more: false });
    expect([...started].sort()).toEqual([
      [plain, true],
      [snoozed, false],
      [decided, false],
    ]);
  });

  it('are told when their cases moved while they were started', async () => {
    const [still, moved] = [await newCase('1'), await newCase('2')];
    const close = (id: string) =>
      id === moved
        ? run(`update conflicts set state = 'closed' where id = ${moved} returning 1`)
        : Promise.resolve();
    const { started, told, processes } = recorder(close);
    await openConflicts({ db, processes }, { bridgeId: 'b' });
    expect([...started.keys()].sort()).toEqual([still, moved]);
    expect(told).toEqual([moved]);
    expect(await run('select id from conflicts where untold_since is not null')).toEqual([]);
  });
});

describe('processes of cases that moved', () => {
  const moveCases = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await newCase(`moved ${at}`));
    await noteUntold({ db, tx: null }, ids);
    return ids;
  };
  const untold = () => run('select id from conflicts where untold_since is not null');

  it('are told at once when they are few', async () => {
    const ids = await moveCases(20);
    const { told, processes } = recorder();
    await tellProcesses({ db, processes }, { ids });
    expect(told.sort()).toEqual(ids.sort());
    expect(await untold()).toEqual([]);
  });

  it('are left to the keeper when they are many', async () => {
    const ids = await moveCases(21);
    const { told, processes } = recorder();
    await tellProcesses({ db, processes }, { ids });
    expect(told).toEqual([]);
    expect(await untold()).toHaveLength(21);
  });
});
