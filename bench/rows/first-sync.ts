import { bareBooking, scriptTicketMs } from '../beside/calls.js';
import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { median } from '../kit.js';
import { ENTRIES_A_TICKET } from '../stage/books.js';
import { connectBridge } from '../stage/bridge.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { measureRun, type MeasuredRun } from '../stage/measure-run.js';
import { LIVE_LATENCY, NO_LATENCY, startSystems, type Latency } from '../stage/systems.js';

/* First sync of a service provider's time into an empty Kimai, all of it on this machine. */

const ENTRIES = 10_000;
const TIMES = 3;
/** The usual script costs the same for each ticket, so a few tell it. */
const SCRIPT_TICKETS = 20;

type FirstSync = MeasuredRun & {
  readonly entries: number;
  /** Of the bare loop, for as many entries. */
  readonly bareMs: number;
  readonly scriptMs: number;
};

/** One first sync between new systems, then the same calls bare and by the usual script against systems as new. */
async function firstSync(
  installation: Installation,
  { entries, latency, bareEntries }: { entries: number; latency: Latency; bareEntries: number },
): Promise<FirstSync> {
  const systems = await startSystems({ entries, kimai: 'empty' }, latency);
  const bridge = await connectBridge(installation, systems, `first-${Math.round(performance.now())}`);
  const run = await measureRun(installation, systems, bridge.id);
  await systems.stop();
  const agreed = await installation.count('select count(*) from links where bridge_id = $1', [bridge.id]);
  if (agreed !== entries) throw new Error(`${agreed} of ${entries} entries came to be linked`);
  const others = await startSystems({ entries, kimai: 'empty' }, latency);
  const tickets = Math.min(SCRIPT_TICKETS, entries / ENTRIES_A_TICKET);
  const scriptMs = ((await scriptTicketMs(others, tickets)) * entries) / ENTRIES_A_TICKET;
  const bareMs = ((await bareBooking(others, bareEntries)) * entries) / bareEntries;
  await others.stop();
  return { ...run, entries, bareMs, scriptMs };
}

const costs = (runs: readonly FirstSync[]): Partial<Finding> => {
  const [last] = runs.slice(-1);
  return {
    ...(last && { calls: last.calls, usage: last.usage, eventsPerEntry: last.events / last.entries }),
    toBare: median(runs.map(({ wallMs, bareMs }) => wallMs / bareMs)),
    toScript: median(runs.map(({ wallMs, scriptMs }) => scriptMs / wallMs)),
    note: 'the usual script was measured over 20 tickets and counted up',
  };
};

async function withoutLatency(installation: Installation, scale: number): Promise<readonly Finding[]> {
  const run = (entries: number) =>
    firstSync(installation, { entries, latency: NO_LATENCY, bareEntries: Math.min(entries, 3_000) });
  const smaller = [await run(ENTRIES * scale * 0.1), await run(ENTRIES * scale * 0.3)];
  const runs: FirstSync[] = [];
  for (let time = 0; time < TIMES; time += 1) runs.push(await run(ENTRIES * scale));
  const points = [...smaller, ...runs.slice(0, 1)].map(({ entries, wallMs }) => ({
    size: entries,
    cost: wallMs / 1000,
  }));
  return [
    {
      ...{ id: 'first-sync', what: `first sync of ${ENTRIES * scale} entries, no latency`, unit: 'a second' },
      ...{ goal: { atLeast: 500 }, values: runs.map(({ entries, wallMs }) => (entries / wallMs) * 1000) },
      ...costs(runs),
      growth: { points, unit: 's' },
    },
    {
      ...{ id: 'first-sync-events', what: 'history events per automatically written entry', unit: 'events' },
      ...{ goal: { atMost: 0.2 }, values: runs.map(({ events, entries }) => events / entries) },
    },
  ];
}

async function withLatency(installation: Installation, scale: number): Promise<Finding> {
  const run = (entries: number) =>
    firstSync(installation, { entries, latency: LIVE_LATENCY, bareEntries: Math.min(entries, 1_000) });
  const smaller = [await run(ENTRIES * scale * 0.1), await run(ENTRIES * scale * 0.3)];
  const whole = await run(ENTRIES * scale);
  const points = [...smaller, whole].map(({ entries, wallMs }) => ({ size: entries, cost: wallMs / 1000 }));
  return {
    ...{
      id: 'first-sync-live',
      what: `… Kimai 40 ms a write, Zammad 25 ms a page: share of the bare loop`,
      unit: '%',
    },
    ...{ goal: { atLeast: 95 }, values: [(whole.bareMs / whole.wallMs) * 100] },
    ...costs([whole]),
    growth: { points, unit: 's' },
  };
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const scale = quick ? 0.1 : 1;
  const installation = await startInstallation();
  try {
    say(`${ENTRIES * scale} entries without latency, ${TIMES} times, and smaller ones`);
    const plain = await withoutLatency(installation, scale);
    say(`${ENTRIES * scale} entries with latency, and smaller ones`);
    return [...plain, await withLatency(installation, scale)];
  } finally {
    await installation.stop();
  }
}

export const firstSyncRow: BenchRow = { name: 'first-sync', run: measured };
