import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICIES } from '../../domain/policies.js';
import { withDatabase } from '../../tests/kit/database.js';
import { connectDatabase } from '../connection.js';
import { row, rows, type Session } from '../sql.js';
import { readBooks, readLinks } from './books.js';
import { bookUnknownEntries } from './bridge-entries.js';
import { readBridgeContext } from './bridge-rules.js';
import { unlistedEntries } from './stage-entries.js';
import { stageAnswers, unlistedTimesheets } from './stage-timesheets.js';
import { TIMESHEET_COLUMNS, timesheetOf, type TimesheetRow } from './timesheet-row.js';

/*
 * What statements look at where there is much. The new bridge came after the tables were analysed: of its rows the planner
 * knows nothing but what it is told.
 */

const ENTRIES = { old: 8_000, new: 2_000 } as const;
type BridgeId = keyof typeof ENTRIES;

const FILLED = [
  `insert into connectors (id, kind, name, base_url, web_url, time_zone)
   select $1 || '-' || kind, kind, kind, 'https://' || kind, 'https://' || kind, 'UTC' from unnest('{zammad,kimai}'::text[]) kind
   where $2 > 0`,
  `insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies, schedule)
   select $1, $1, $1 || '-zammad', $1 || '-kimai', $1, 'live', '2026-01-01', '${JSON.stringify(DEFAULT_POLICIES)}', '{}' where $2 > 0`,
  `insert into user_mappings (bridge_id, source_id, target_id, decided_by)
   select $1, n::text, n::text, 'anna' from generate_series(0, 19) n where $2 > 0`,
  `insert into tickets (connector_id, ticket_id, number, title, source_updated_at, read_at)
   select $1 || '-zammad', n::text, n::text, 'Ticket', now(), now() from generate_series(0, $2 / 10) n`,
  `insert into time_entries (connector_id, source_id, ticket_id, unit_text, seconds, user_id, user_name, entry_date,
     booked_at, source_updated_at, read_at)
   select $1 || '-zammad', n::text, (n / 10)::text, '15', 900, (n % 20)::text, 'Agent', date '2026-01-01' + n % 200,
     now(), now(), now() from generate_series(1, $2) n`,
  `insert into bridge_entries (bridge_id, time_entry_id, state, frozen_user_id, frozen_booked_at, frozen_entry_date, dirty)
   select $1, id, 'agreed', user_id, booked_at, entry_date, false from time_entries
   where connector_id = $1 || '-zammad' and $2 > 0`,
  `insert into timesheets (connector_id, external_id, user_id, project_id, activity_id, begin_at, end_at, seconds, day,
     exported, billable, read_at)
   select $1 || '-kimai', source_id, user_id, '1', '1', booked_at, booked_at, 900, entry_date, false, true, read_at
   from time_entries where connector_id = $1 || '-zammad' and $2 > 0`,
  `insert into links (bridge_id, target_connector_id, lead_entry_id, source_base)
   select $1, $1 || '-kimai', id, '{}' from time_entries where connector_id = $1 || '-zammad' and $2 > 0`,
  `insert into link_members (link_id, time_entry_id, signed_seconds)
   select id, lead_entry_id, 900 from links where bridge_id = $1 and $2 > 0`,
  `insert into link_timesheets (link_id, target_connector_id, external_id, role, sequence, target_base)
   select l.id, l.target_connector_id, e.source_id, 'main', 1, '{}' from links l join time_entries e on e.id = l.lead_entry_id
   where l.bridge_id = $1 and $2 > 0`,
];
const TABLES = [...new Set(FILLED.map((sql) => sql.split(' ')[2] ?? ''))];

describe('in a large installation', () => {
  const url = withDatabase();
  let db: Sequelize;
  beforeAll(async () => {
    db = connectDatabase(url());
    const run = (sql: string, ...bind: unknown[]) => rows({ db, tx: null }, sql, bind);
    for (const table of TABLES) await run(`alter table ${table} set (autovacuum_enabled = false)`);
    for (const sql of FILLED) await run(`${sql} returning 1`, 'old', ENTRIES.old);
    // PostgreSQL analyses by itself what has more rows than 50: never the handful of bridges.
    await run(`analyze ${TABLES.filter((table) => table !== 'bridges').join(', ')}`);
    for (const sql of FILLED) await run(`${sql} returning 1`, 'new', ENTRIES.new);
  });
  afterAll(() => db.close());

  /** Blocks of 8 kB that the work looks at, in tables and indexes, wherever they come from; what it wrote is taken back. */
  async function blocksOf(work: (session: Session) => Promise<unknown>): Promise<number> {
    const tx = await db.transaction();
    const looked = async () =>
      row<{ blocks: number }>(
        { db, tx },
        `select sum(pg_stat_get_xact_blocks_fetched(oid))::float8 as blocks from pg_class
         where relnamespace = 'public'::regnamespace`,
      );
    try {
      const before = await looked();
      await work({ db, tx });
      const after = await looked();
      return (after?.blocks ?? 0) - (before?.blocks ?? 0);
    } finally {
      await tx.rollback();
    }
  }

  const leadsOf = async (session: Session, bridgeId: BridgeId, count: number): Promise<string[]> => {
    const found = await rows<{ id: string }>(
      session,
      'select lead_entry_id as id from links where bridge_id = $1 order by id limit $2',
      [bridgeId, count],
    );
    return found.map(({ id }) => id);
  };

  const WORKS: Readonly<Record<string, (session: Session, bridgeId: BridgeId) => Promise<number>>> = {
    'reading both books': async (session, bridgeId) => {
      const context = await readBridgeContext(session, bridgeId);
      const tickets = Array.from({ length: 100 }, (_, at) => String(at + 1));
      const books = await readBooks(session, context, tickets);
      return books.entries.length;
    },
    'storing what Kimai answered': async (session, bridgeId) => {
      const known = await rows<TimesheetRow>(
        session,
        `select ${TIMESHEET_COLUMNS} from timesheets t where connector_id = $1 order by id limit 50`,
        [`${bridgeId}-kimai`],
      );
      await stageAnswers(session, `${bridgeId}-kimai`, known.map(timesheetOf));
      return known.length;
    },
  };

  it.each(Object.entries(WORKS))('a new bridge costs no more than an old one: %s', async (_, work) => {
    const cost = async (bridgeId: BridgeId) => {
      let size = 0;
      const blocks = await blocksOf(async (session) => {
        size = await work(session, bridgeId);
      });
      return { size, blocks };
    };
    const [known, unknown] = [await cost('old'), await cost('new')];
    expect(unknown.size).toBe(known.size);
    expect(unknown.size).toBeGreaterThan(0);
    expect(unknown.blocks).toBeLessThan(2 * known.blocks);
  });

  it('entries that a bridge does not know are asked for without looking each up', async () => {
    const blocks = await blocksOf(async (session) => {
      expect(await bookUnknownEntries(session, 'old')).toBe(0);
    });
    expect(blocks).toBeLessThan(ENTRIES.old);
  });

  it('what is not listed any more is told, of both systems, and nothing else', async () => {
    const session: Session = { db, tx: null };
    const listed = new Set(Array.from({ length: ENTRIES.old }, (_, at) => String(at + 1)));
    for (const gone of ['5', '7777']) listed.delete(gone);
    listed.add('of nobody');
    const entries = await unlistedEntries(session, 'old-zammad', listed);
    expect(entries.map(({ source_id, ticket_id }) => [source_id, ticket_id])).toEqual([
      ['5', '0'],
      ['7777', '777'],
    ]);
    expect((await unlistedTimesheets(session, 'old-kimai', '2026-01-01', listed)).sort()).toEqual([
      '5',
      '7777',
    ]);
    expect(await unlistedTimesheets(session, 'old-kimai', '2027-01-01', listed)).toEqual([]);
  });

  it('the links of a few entries are read without passing all others', async () => {
    for (const bridgeId of ['old', 'new'] as const) {
      const blocks = await blocksOf(async (session) => {
        const leads = await leadsOf(session, bridgeId, 10);
        expect(await readLinks(session, bridgeId, leads)).toHaveLength(leads.length);
      });
      expect(blocks).toBeLessThan(150);
    }
  });

  it('the books of one ticket are read without passing a whole table', async () => {
    for (const bridgeId of ['old', 'new'] as const) {
      const tx = await db.transaction();
      const passed = async () =>
        row<{ rows: number }>(
          { db, tx },
          `select sum(seq_tup_read)::float8 as rows from pg_stat_xact_user_tables
           where relname = any('{timesheets,link_timesheets,links,link_members,time_entries,bridge_entries}')`,
        );
      try {
        const context = await readBridgeContext({ db, tx }, bridgeId);
        const before = await passed();
        expect((await readBooks({ db, tx }, context, ['7'])).entries).toHaveLength(10);
        expect(await passed()).toEqual(before);
      } finally {
        await tx.rollback();
      }
    }
  });
});
