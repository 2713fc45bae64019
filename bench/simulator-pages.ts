import { Clock } from '../simulators/kit/index.js';
import { contractWorld } from '../simulators/zammad/contract-worlds.js';
import { beginAct } from '../simulators/zammad/act.js';
import { createEntry } from '../simulators/zammad/rules/entries.js';
import { createArticle, createTicket } from '../simulators/zammad/rules/tickets.js';
import { ZammadSystem, type ZammadWorld } from '../simulators/zammad/index.js';

/*
 * How long the simulated Zammad takes for one page over many entries. What counts is CPU time of this process, since
 * the machine may be busy with other things; the HTTP server is left out, so that it is the simulator that is measured.
 *   npx tsx bench/simulator-pages.ts [entries] [entries per ticket]
 * Ends with 1 when a page takes longer than 20 ms.
 */
const ENTRIES = Number(process.argv[2] ?? 100_000);
const PER_TICKET = Number(process.argv[3] ?? 5);
const LIMIT_MS = 20;
const RUNS = 30;
const START = Date.parse('2026-01-05T08:00:00.000Z');
const STEP_MS = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function fill(world: ZammadWorld): ZammadWorld {
  for (let at = 0; at < ENTRIES; at += 1) {
    const act = beginAct(world, new Date(START + at * STEP_MS).toISOString(), 3);
    if (at % PER_TICKET === 0) {
      const ticket = createTicket(act, { title: `Ticket ${at}`, group_id: 1, customer_id: 5 });
      createArticle(act, ticket, { body: 'Guten Tag', type_id: 10, sender_id: 1, internal: false });
    }
    // Tickets get their time in rounds, as in life: their last change is not their order of creation.
    const ticketId = Math.floor(((at * 7919) % Math.max(1, at + 1)) / PER_TICKET) + 1;
    createEntry(act, { ticket_id: world.tickets[ticketId] ? ticketId : 1, time_unit: 1 + (at % 60) / 10 });
  }
  return world;
}

type Row = { readonly what: string; readonly method: string; readonly path: string; readonly body?: unknown };

const page = (query: string): string => `/api/v1/time_accountings?${query}`;
const deep = Math.floor(ENTRIES / 1000) - 1;
const since = new Date(START + ENTRIES * STEP_MS * 0.9).toISOString();
const ROWS: readonly Row[] = [
  { what: 'first page of 1000', method: 'GET', path: page('per_page=1000&page=1') },
  {
    what: 'deep page by id',
    method: 'GET',
    path: page(`per_page=1000&page=${deep}&sort_by=id&order_by=asc`),
  },
  {
    what: 'newest first, page 1',
    method: 'GET',
    path: page('per_page=1000&sort_by=updated_at,id&order_by=desc,desc'),
  },
  {
    what: 'newest first, deep page',
    method: 'GET',
    path: page(`per_page=1000&page=${deep}&sort_by=updated_at&order_by=desc`),
  },
  { what: 'expanded', method: 'GET', path: page(`per_page=1000&page=${deep}&expand=true`) },
  { what: 'full with assets', method: 'GET', path: page(`per_page=1000&page=${deep}&full=true`) },
  { what: 'count only', method: 'GET', path: page('full=true&per_page=1') },
  {
    what: 'search by condition, full',
    method: 'POST',
    path: '/api/v1/tickets/search',
    body: {
      condition: {
        'ticket.updated_at': { operator: 'after (absolute)', value: since },
        'ticket.time_unit': { operator: 'is not', value: null },
      },
      sort_by: 'updated_at,id',
      order_by: 'asc,asc',
      per_page: 200,
      full: true,
    },
  },
  {
    what: 'search 200 tickets by id',
    method: 'POST',
    path: '/api/v1/tickets/search',
    body: {
      condition: {
        'ticket.id': { operator: 'is', value: Array.from({ length: 200 }, (_, at) => at * 3 + 1) },
      },
      per_page: 200,
      full: true,
    },
  },
  {
    what: 'tickets, deep page',
    method: 'GET',
    path: `/api/v1/tickets?page=${Math.floor(ENTRIES / PER_TICKET / 100) - 1}`,
  },
  { what: 'one ticket', method: 'GET', path: '/api/v1/tickets/77/time_accountings?expand=true' },
  {
    what: 'book (a write)',
    method: 'POST',
    path: '/api/v1/tickets/77/time_accountings',
    body: { time_unit: 1 },
  },
];

async function main(): Promise<void> {
  const clock = Clock.startingAt(new Date(START + ENTRIES * STEP_MS));
  const filling = process.cpuUsage();
  const system = new ZammadSystem({
    clock,
    world: 'contract',
    createWorld: (_, now) => fill(contractWorld(now)),
  });
  say(`${ENTRIES} entries made in ${ms(filling).toFixed(0)} ms CPU`);
  const slow: string[] = [];
  for (const row of ROWS) {
    const first = process.cpuUsage();
    await ask(system, row);
    const cold = ms(first);
    const began = process.cpuUsage();
    let bytes = 0;
    for (let run = 0; run < RUNS; run += 1) bytes = await ask(system, row);
    const took = ms(began) / RUNS;
    say(
      `${row.what.padEnd(28)} ${took.toFixed(1).padStart(7)} ms CPU  (first ${cold.toFixed(0)} ms, ${bytes} bytes)`,
    );
    if (took > LIMIT_MS) slow.push(row.what);
  }
  if (slow.length === 0) return say(`every page within ${LIMIT_MS} ms`);
  say(`slower than ${LIMIT_MS} ms: ${slow.join(', ')}`);
  process.exitCode = 1;
}

async function ask(system: ZammadSystem, { method, path, body }: Row): Promise<number> {
  const [pathname = '', search = ''] = path.split('?');
  const reply = await system.handle({
    method,
    path: pathname,
    query: new URLSearchParams(search),
    headers: { authorization: 'Token token=tok_admin', 'content-type': 'application/json' },
    text: body === undefined ? '' : JSON.stringify(body),
    params: {},
  });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${String(reply.body)}`);
  return reply.body.length;
}

function ms(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

await main();
