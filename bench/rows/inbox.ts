import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { tryKeeperLock } from '../../db/stores/keeper.js';
import { sleep } from '../../stack/processes.js';
import { percentile, type BenchContext, type BenchRow, type Finding } from '../finding.js';
import { connectBridge, runBridge } from '../stage/bridge.js';
import { loadInbox, logIn, openBrowser, pressThrough, type ColdLoad } from '../stage/browser.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { multiplyConflicts } from '../stage/many-conflicts.js';
import { startSystems } from '../stage/systems.js';

/* The inbox when very much waits: list, filters and counts at the API, and the page in a real browser. */

const CONFLICTS = 100_000;
const ENTRIES = 1_000_000;
const REAL = 200;
const ROUNDS = 12;
const LOADS = 5;
const PRESSES = 30;

/** What the page asks while somebody works through it. */
const QUERIES: Readonly<Record<string, string>> = {
  list: 'conflicts?view=open&grouped=true&limit=50',
  'list, largest first': 'conflicts?view=open&sort=stake&limit=50',
  'list, deep': 'conflicts?view=open&grouped=true&limit=50&offset=4000',
  'of one customer': 'conflicts?view=open&grouped=true&customer=organization:17&limit=50',
  'of one person': 'conflicts?view=open&person=105&sort=date&limit=50',
  'of one kind': 'conflicts?view=open&kind=missing&sort=age&limit=50',
  search: 'conflicts?view=open&q=kunde%20117&limit=50',
  'search a ticket': 'conflicts?view=open&q=%231012345&limit=50',
  snoozed: 'conflicts?view=snoozed&limit=50',
  done: 'conflicts?view=done&limit=50',
  counts: 'conflicts/groups?view=open',
  'counts of one customer': 'conflicts/groups?view=open&customer=organization:17',
};

type Times = Readonly<Record<string, readonly number[]>>;

async function timeQueries({ apiUrl, config }: Installation): Promise<Times> {
  const pool = new Pool(apiUrl, { connections: 1 });
  const token = readFileSync(`${config.dataDir}/admin-token`, 'utf8').trim();
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(QUERIES).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, query] of Object.entries(QUERIES)) {
      const since = performance.now();
      const headers = { authorization: `Bearer ${token}` };
      const reply = await pool.request({ method: 'GET', path: `/api/v1/${query}`, headers });
      const text = await reply.body.text();
      if (reply.statusCode !== 200) throw new Error(`${query}: ${reply.statusCode} ${text}`);
      if (round > 0) times[name]?.push(performance.now() - since); // the first round only warms up
    }
  await pool.close();
  return times;
}

const p95 = (times: Times): number => percentile(Object.values(times).flat(), 0.95);

function slowest(times: Times): string {
  const each = Object.entries(times).map(([name, list]) => ({ name, ms: percentile(list, 0.95) }));
  const worst = each.sort((a, b) => b.ms - a.ms).slice(0, 3);
  return `slowest by p95: ${worst.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`;
}

async function atTheApi(
  installation: Installation,
  scale: number,
  say: BenchContext['say'],
): Promise<Finding> {
  const points: { size: number; cost: number }[] = [];
  let last: Times = {};
  for (const part of [0.1, 0.3, 1]) {
    const size = { conflicts: CONFLICTS * scale * part, entries: ENTRIES * scale * part };
    say(`${size.conflicts} open cases beside ${size.entries} entries`);
    await multiplyConflicts(installation.databaseUrl, 'inbox', size);
    last = await timeQueries(installation);
    points.push({ size: size.conflicts, cost: p95(last) });
  }
  return {
    ...{
      id: 'inbox-api',
      what: `inbox with ${CONFLICTS * scale} cases: list, filter, count at the API, p95`,
      unit: 'ms',
    },
    ...{ goal: { atMost: 50 }, values: [p95(last)], note: slowest(last), growth: { points, unit: 'ms' } },
  };
}

async function inTheBrowser(installation: Installation, scale: number): Promise<readonly Finding[]> {
  const browser = await openBrowser();
  try {
    const session = await logIn(installation);
    const loads: ColdLoad[] = [];
    for (let load = 0; load < LOADS; load += 1) loads.push(await loadInbox(browser, installation, session));
    const keys = await pressThrough(browser, installation, session, PRESSES);
    return [
      {
        ...{
          id: 'inbox-first-paint',
          what: `… first paint of the page with ${CONFLICTS * scale} cases`,
          unit: 'ms',
        },
        ...{ goal: { atMost: 1_500 }, values: loads.map(({ firstPaintMs }) => firstPaintMs) },
      },
      {
        ...{ id: 'inbox-first-row', what: '… until the first case can be read', unit: 'ms' },
        ...{ goal: { atMost: 1_500 }, values: loads.map(({ firstRowMs }) => firstRowMs) },
      },
      {
        ...{ id: 'inbox-next', what: '… next item after a key, p95', unit: 'ms' },
        ...{ goal: { atMost: 100 }, values: [percentile(keys, 0.95)] },
        note: `p50 ${percentile(keys, 0.5).toFixed(0)} ms over ${keys.length} keys`,
      },
      {
        ...{ id: 'web', what: 'JavaScript and CSS of the first screen as transferred', unit: 'kB' },
        ...{ goal: { atMost: 250 }, values: loads.map(({ bytes }) => bytes / 1000) },
        note: `compressed by: ${[...new Set(loads.flatMap(({ encodings }) => encodings))].join(', ')}`,
      },
    ];
  } finally {
    await browser.close();
  }
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const scale = quick ? 0.1 : 1;
  const installation = await startInstallation();
  const systems = await startSystems({ entries: REAL, kimai: 'empty' });
  // The keeper would start a process for each of the multiplied cases: here it is the reading that is measured.
  let release: (() => Promise<void>) | null = null;
  try {
    await connectBridge(installation, systems, 'inbox', { newEntries: 'ask' });
    await runBridge(installation, 'inbox');
    while (release === null) {
      release = await tryKeeperLock(installation.databaseUrl);
      if (release === null) await sleep(200);
    }
    return [await atTheApi(installation, scale, say), ...(await inTheBrowser(installation, scale))];
  } finally {
    await release?.();
    await systems.stop();
    await installation.stop();
  }
}

export const inboxRow: BenchRow = { name: 'inbox', run: measured };
