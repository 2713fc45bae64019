import { bareReading, bareUnchanged, scriptTicketMs } from '../beside/calls.js';
import type { BenchContext, BenchRow, Finding, Growth } from '../finding.js';
import { median } from '../kit.js';
import { ENTRIES_A_TICKET } from '../stage/books.js';
import { connectBridge } from '../stage/bridge.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { measureRun, type MeasuredRun } from '../stage/measure-run.js';
import { startSystems } from '../stage/systems.js';

/* Runs over entries that are linked already, with no change in either book: the day to day of a bridge. */

const ENTRIES = 50_000;
const TIMES = 5;
const FULL_TIMES = 3;
const SCRIPT_TICKETS = 20;

type Reading = { readonly runs: readonly MeasuredRun[]; readonly bareMs: readonly number[] };
type Linked = {
  readonly entries: number;
  readonly plain: Reading;
  readonly full: Reading;
  readonly scriptMs: number;
};

/** Links all entries with the rows that are there, then measures runs that find nothing new. */
async function measureLinked(installation: Installation, entries: number, times: number): Promise<Linked> {
  const systems = await startSystems({ entries, kimai: 'same' });
  const { id } = await connectBridge(installation, systems, `linked-${entries}`);
  const size = { entries, rows: entries, tickets: 0 };
  await measureRun(installation, systems, id);
  const linked = await installation.count('select count(*) from links where bridge_id = $1', [id]);
  if (linked !== entries) throw new Error(`${linked} of ${entries} entries came to be linked`);
  await measureRun(installation, systems, id); // whatever is looked at once after a first sync
  const repeat = async (full: boolean, count: number): Promise<Reading> => {
    const [runs, bareMs]: [MeasuredRun[], number[]] = [[], []];
    for (let time = 0; time < count; time += 1) {
      runs.push(await measureRun(installation, systems, id, full));
      bareMs.push(await (full ? bareReading(systems, size) : bareUnchanged(systems)));
    }
    return { runs, bareMs };
  };
  const plain = await repeat(false, times);
  const full = await repeat(true, Math.min(times, FULL_TIMES));
  const ticketMs = await scriptTicketMs(systems, Math.min(SCRIPT_TICKETS, entries / ENTRIES_A_TICKET));
  await systems.stop();
  return { entries, plain, full, scriptMs: (ticketMs * entries) / ENTRIES_A_TICKET };
}

const wallsOf = ({ runs }: Reading): number[] => runs.map(({ wallMs }) => wallMs);
const callsOf = ({ runs }: Reading): number[] => runs.map(({ calls }) => calls.zammad + calls.kimai);

function costs(reading: Reading, scriptMs: number): Partial<Finding> {
  const last = reading.runs.at(-1);
  const wallMs = median(wallsOf(reading));
  return {
    ...(last && { calls: last.calls, usage: last.usage }),
    toBare: wallMs / median(reading.bareMs),
    toScript: scriptMs / wallMs,
  };
}

const growthOf = (all: readonly Linked[], pick: (one: Linked) => Reading): Growth => ({
  points: all.map((one) => ({ size: one.entries, cost: median(wallsOf(pick(one))) })),
  unit: 'ms',
});

function findings(all: readonly Linked[]): readonly Finding[] {
  const largest = all.at(-1);
  if (largest === undefined) return [];
  const { entries, plain, full, scriptMs } = largest;
  const beyond = full.runs.map(({ wallMs }, at) => (wallMs - (full.bareMs[at] ?? 0)) / 1000);
  const mostCalls = Math.ceil(entries / 1_000) + Math.ceil(entries / 500) + 6;
  return [
    {
      ...{ id: 'unchanged', what: `a run over ${entries} linked entries, no change`, unit: 'ms' },
      ...{ goal: { atMost: 1_000 }, values: wallsOf(plain), ...costs(plain, scriptMs) },
      growth: growthOf(all, (one) => one.plain),
    },
    {
      ...{ id: 'unchanged-calls', what: '… calls to the two systems together', unit: 'calls' },
      ...{ goal: { atMost: 6 }, values: callsOf(plain) },
    },
    {
      ...{
        id: 'full',
        what: `full comparison of ${entries}, no change, beyond the calls themselves`,
        unit: 's',
      },
      ...{ goal: { atMost: 10 }, values: beyond, ...costs(full, scriptMs) },
      growth: growthOf(all, (one) => one.full),
    },
    {
      ...{ id: 'full-calls', what: '… its calls', unit: 'calls' },
      ...{ goal: { atMost: mostCalls }, values: callsOf(full) },
    },
  ];
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const whole = quick ? ENTRIES / 10 : ENTRIES;
  const installation = await startInstallation();
  try {
    const all: Linked[] = [];
    for (const entries of [whole / 10, (whole / 10) * 3, whole]) {
      say(`${entries} entries that Kimai holds already`);
      all.push(await measureLinked(installation, entries, TIMES));
    }
    return findings(all);
  } finally {
    await installation.stop();
  }
}

export const unchangedRow: BenchRow = { name: 'unchanged', run: measured };
