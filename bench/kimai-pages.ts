import { contractWorld, createKimai } from '../simulators/kimai/index.js';
import { newActivity, newCustomer, newProject, newTimesheet } from '../simulators/kimai/rows.js';
import { kimaiWorld, type KimaiWorld } from '../simulators/kimai/world.js';
import { Clock } from '../simulators/kit/index.js';

/*
 * How long the simulated Kimai takes for one page over many records. What counts is CPU time of this process, since the
 * machine may be busy with other things; the HTTP server is left out, so that it is the simulator that is measured.
 *   npx tsx bench/kimai-pages.ts [records]
 * Ends with 1 when a page takes longer than 20 ms: the quickest of some calls, as neighbours on the machine also cost CPU time.
 */
const RECORDS = Number(process.argv[2] ?? 100_000);
const LIMIT_MS = 20;
const RUNS = 15;
const START = Date.parse('2026-01-05T08:00:00Z') / 1000;
const STEP_SECONDS = 240;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function world(): KimaiWorld {
  const { users, tokens, roles } = contractWorld();
  const timesheets = Array.from({ length: RECORDS }, (_, at) => {
    const begin = START + at * STEP_SECONDS;
    return newTimesheet({
      ...{ id: at + 1, user: 2 + (at % 3), project: 1 + (at % 20), activity: 1 + (at % 5) },
      ...{ begin, end: begin + 900, dateTz: new Date(begin * 1000).toISOString().slice(0, 10) },
      description: `Drucker ${at % 97} offline [zmd-${at}-${at * 3}]`,
      tags: at % 2 === 0 ? [1] : [],
      exported: at % 10 === 0,
    });
  });
  return kimaiWorld({
    ...{ users, tokens, roles, timesheets },
    customers: [newCustomer({ id: 1, name: 'Huber' })],
    projects: Array.from({ length: 20 }, (_, at) => newProject({ id: at + 1, name: `P${at}`, customer: 1 })),
    activities: Array.from({ length: 5 }, (_, at) => newActivity({ id: at + 1, name: `A${at}` })),
    tags: [{ id: 1, name: 'zammad', visible: true, color: null }],
  });
}

const deep = Math.max(Math.floor(RECORDS / 500) - 1, 1);
const late = new Date((START + RECORDS * STEP_SECONDS * 0.9) * 1000).toISOString().slice(0, 19);
const ROWS: readonly (readonly [what: string, query: string])[] = [
  ['first page', ''],
  ['deep page by id', `&orderBy=id&order=ASC&page=${deep}`],
  ['deep page by begin', `&page=${deep}`],
  ['modified_after, the last tenth', `&orderBy=id&order=ASC&modified_after=${late}`],
  ['one person', '&user=2&orderBy=id'],
  ['one project by tag', '&project=3&tags[]=zammad'],
  ['exported', '&exported=1&orderBy=id&order=ASC'],
  ['term', '&term=zmd-77'],
  ['term of two words', '&term=drucker%20offline&orderBy=id'],
  ['a week of one person', '&user=2&begin=2026-02-02T00:00:00&end=2026-02-08T23:59:59'],
  ['full objects', '&full=true'],
];

const system = createKimai({ clock: new Clock(), world: 'bench', createWorld: world });

async function once(query: string): Promise<number> {
  const params = new URLSearchParams(`size=500&user=all${query}`);
  const before = process.cpuUsage();
  const reply = await system.handle({
    ...{ method: 'GET', path: '/api/timesheets', query: params, text: '', params: {} },
    headers: { authorization: 'Bearer tok_sync' },
  });
  const { user, system: kernel } = process.cpuUsage(before);
  if (reply.status !== 200) throw new Error(`${query}: status ${reply.status}`);
  return (user + kernel) / 1000;
}

const slow: string[] = [];
say(`${RECORDS} records, pages of 500, CPU time of the quickest of ${RUNS} calls`);
for (const [what, query] of ROWS) {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await once(query));
  const best = Math.min(...times);
  say(`${what.padEnd(32)} ${best.toFixed(1).padStart(6)} ms`);
  if (best > LIMIT_MS) slow.push(what);
}
if (slow.length > 0) {
  say(`Above ${LIMIT_MS} ms: ${slow.join(', ')}.`);
  process.exit(1);
}
