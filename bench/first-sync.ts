import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../db/migrate.js';
import { startCluster } from '../stack/postgres.js';
import { openEngine } from '../tests/integration/engine/bench-bridge.js';

/*
 * First sync of many entries against the simulators, all on this machine: how many entries a second reach Kimai.
 * Beside it a bare loop of the same POSTs, four at a time: what anybody could reach at best.
 *   npx tsx bench/first-sync.ts [entries]
 */
const ENTRIES = Number(process.argv[2] ?? 10_000);
const PER_TICKET = 10;
const AT_A_TIME = 4;
/** Writes of one person go one after the other, so it takes several to fill the lanes. */
const BOOKING_TOKENS = ['tok_agent', 'tok_admin'] as const;
const tokenOf = (index: number): string => BOOKING_TOKENS[index % 2 === 0 ? 0 : 1];

type Systems = { readonly child: ChildProcess; readonly zammadUrl: string; readonly kimaiUrl: string };

/** The simulators as a process of their own, as they are in an installation. */
async function startSystems(): Promise<Systems> {
  const args = [
    '--import',
    'tsx',
    'simulators/main.ts',
    '--world',
    'contract',
    '--zammad',
    '0',
    '--kimai',
    '0',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /simulators ready zammad=(\S+) kimai=(\S+)/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined)
      return { child, zammadUrl: found[1], kimaiUrl: found[2] };
  }
  throw new Error('the simulators did not start');
}

async function post(url: string, token: string, body: unknown): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const made: unknown = await response.json();
  if (typeof made === 'object' && made !== null && 'id' in made && typeof made.id === 'number')
    return made.id;
  throw new Error(`${url}: ${response.status} ${JSON.stringify(made)}`);
}

/** Runs `work` for 0 … count − 1, a few at a time. */
async function each(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-bench-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user when this runs as root
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const cluster = await startCluster({
    dir: join(folder, 'postgres'),
    user: 'bench',
    password: 'bench',
    port,
  });
  const url = `postgresql://bench:bench@127.0.0.1:${port}/postgres`;
  await migrate(url);
  const systems = await startSystems();
  try {
    await run(systems, url);
  } finally {
    systems.child.kill('SIGTERM');
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run({ zammadUrl, kimaiUrl }: Systems, databaseUrl: string): Promise<void> {
  const kimai = (path: string, body: unknown) => post(`${kimaiUrl}/api${path}`, 'tok_sync', body);
  const zammad = (path: string, body: unknown) => post(`${zammadUrl}/api/v1${path}`, 'tok_admin', body);
  const customer = await kimai('/customers', { name: 'Example GmbH', visible: true, billable: true });
  const project = await kimai('/projects', {
    name: 'Support',
    customer,
    visible: true,
    billable: true,
    globalActivities: true,
  });
  const activity = await kimai('/activities', { name: 'Support', visible: true, billable: true });
  const filling = performance.now();
  await each(Math.ceil(ENTRIES / PER_TICKET), async (index) => {
    const ticket = await zammad('/tickets', {
      title: `Ticket ${index}`,
      group_id: 1,
      customer_id: 5,
      article: { body: 'text', type: 'note' },
    });
    for (let entry = 0; entry < PER_TICKET; entry += 1)
      await post(`${zammadUrl}/api/v1/tickets/${ticket}/time_accountings`, tokenOf(index), {
        time_unit: 5 + entry,
      });
  });
  say(`${ENTRIES} entries accounted in Zammad (${seconds(filling).toFixed(1)} s)`);
  const now = new Date();
  const engine = await openEngine(databaseUrl, {
    zammadUrl,
    kimaiUrl,
    startFrom: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString().slice(0, 10),
    secondsPerUnit: 60,
    activities: { '': String(activity) },
    users: { '3': '2', '2': '3' },
    customers: { 'organization:1': String(project) },
  });
  const first = performance.now();
  await engine.run();
  const took = seconds(first);
  say(
    `first sync: ${took.toFixed(1)} s, ${(ENTRIES / took).toFixed(0)} entries/s, ${peakMb()} MB peak in this process`,
  );
  const second = performance.now();
  await engine.run();
  say(`second run, nothing changed: ${seconds(second).toFixed(2)} s`);
  const bare = performance.now();
  const count = Math.min(ENTRIES, 2_000);
  await each(count, (index) =>
    kimai('/timesheets', {
      project,
      activity,
      user: 3,
      begin: '2026-01-05T08:00:00',
      end: '2026-01-05T08:10:00',
      description: `bare ${index}`,
    }),
  );
  say(`a bare loop of POSTs, ${AT_A_TIME} at a time: ${(count / seconds(bare)).toFixed(0)} a second`);
  await engine.close();
}

const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

await main();
