import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decideBulk } from '../api/bulk/decide-bulk.contract.js';
import { startRun } from '../api/runs/start-run.contract.js';
import { connectDatabase } from '../db/connection.js';
import { rows } from '../db/sql.js';
import { AGENTS, Company } from '../tests/chaos/stage/company.js';
import { Installation } from '../tests/chaos/stage/installation.js';

/*
 * Many open cases at once over a whole installation (two API processes, two workers), and a bulk decision over some of
 * them, while processes of the others are still being started and whose workers are killed in the middle: each is decided
 * once, each has its outcome, the others wait and get their process.
 *   npx tsx bench/many-cases.ts [open cases] [in the bulk]
 */
const CASES = Number(process.argv[2] ?? 20_000);
const IN_BULK = Number(process.argv[3] ?? 1_000);
const ENTRIES_A_TICKET = 10;
const AT_A_TIME = 8;
const PATIENCE_MS = 1_800_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const folder = mkdtempSync(join(tmpdir(), 'timebridge-cases-'));
chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
const company = await Company.open();
const installation = await Installation.start(folder);
const session = { db: connectDatabase(installation.databaseUrl, 'bench'), tx: null };
const count = async (sql: string): Promise<number> =>
  Number((await rows<{ n: string }>(session, `select count(*) as n ${sql}`))[0]?.n ?? 0);

let since = performance.now();
const lap = (what: string): void => {
  console.log(`  ${what}: ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  since = performance.now();
};
const failures: string[] = [];
const expect = (what: string, found: number, wanted: number): void => {
  console.log(`  ${what}: ${found}${found === wanted ? '' : `, expected ${wanted}`}`);
  if (found !== wanted) failures.push(what);
};

/** Runs `work` for 0 … times − 1, a few at a time. */
async function each(times: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < times; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within half an hour: ${what}`);
    await sleep(500);
  }
  lap(what);
}

async function openCases(): Promise<void> {
  const tickets = Math.ceil(CASES / ENTRIES_A_TICKET);
  await each(tickets, (at) => company.newTicket(`Vorgang ${at}`));
  const made = company.tickets.slice(-tickets);
  await each(CASES, async (at) => {
    const ticket = made[Math.floor(at / ENTRIES_A_TICKET)];
    const [first, second = first] = AGENTS;
    if (ticket !== undefined) await company.book(at % 2 === 0 ? first : second, ticket.id, (at % 50) + 1);
  });
  lap(`${CASES} entries on ${tickets} tickets are there`);
  // Only now: what is measured is a bridge that is set up over a Zammad with much in it, not as many webhooks.
  await company.connect(installation.api(), { newEntries: 'ask' });
  await installation.api().call(startRun, { params: { bridgeId: company.bridge }, body: { full: true } });
  await until(
    'each is an open case',
    async () => (await count(`from conflicts where state = 'open'`)) >= CASES,
  );
}

async function decideMany(): Promise<string> {
  const cases = await rows<{ conflictId: string; version: string }>(
    session,
    `select id as "conflictId", version from conflicts where state = 'open' order by id limit $1`,
    [IN_BULK],
  );
  const bulkId = randomUUID();
  await installation.api().call(decideBulk, { body: { bulkId, choice: 'create', items: cases } });
  lap(`a bulk of ${cases.length} is accepted`);
  const written = `from ledger where state = 'done'`;
  await until('a third of it is written', async () => (await count(written)) >= IN_BULK / 3);
  for (const worker of ['worker-0', 'worker-1'] as const) await installation.kill(worker);
  for (const worker of ['worker-0', 'worker-1'] as const) await installation.restart(worker);
  lap('both workers were killed by −9 and started again');
  const done = `from bulk_decisions where id = '${bulkId}' and state = 'done'`;
  await until('all of it has its outcome', async () => (await count(done)) === 1);
  return bulkId;
}

try {
  console.log(`${CASES} open cases at once`);
  await openCases();
  console.log(`${IN_BULK} of them in one bulk`);
  const bulkId = await decideMany();
  const sheets = await company.sheets();
  const markers = new Set(sheets.map(({ description }) => /\[tb-[^\]]+\]/.exec(description ?? '')?.[0]));
  expect('rows in Kimai', sheets.length, IN_BULK);
  expect('different markers in Kimai', markers.size, IN_BULK);
  expect(
    'items applied',
    await count(`from bulk_items where bulk_id = '${bulkId}' and state = 'applied'`),
    IN_BULK,
  );
  expect(
    'items without an outcome',
    await count(
      `from bulk_items where bulk_id = '${bulkId}' and state in ('pending', 'decided', 'applying')`,
    ),
    0,
  );
  expect(
    'decisions',
    await count(`from decisions where bulk_id = '${bulkId}' and state = 'applied'`),
    IN_BULK,
  );
  expect('cases that wait on', await count(`from conflicts where state = 'open'`), CASES - IN_BULK);
  await until(
    'each of them has its process',
    async () => (await count(`from conflicts where workflow_started_at is null and state = 'open'`)) === 0,
  );
} finally {
  await session.db.close();
  await installation.stop();
  await company.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures.length === 0 ? 0 : 1);
