import { reconcile } from '../domain/reconcile.js';
import type { Plan } from '../domain/plan.js';
import { bothBooks, type Scenario } from './both-books.js';
import { fittedExponent, median, report, spread, timed, type Row, type Timing } from './kit.js';

/*
 * `npx tsx bench/reconcile.ts [entries] [runs]`: the pure reconciliation, both books in, a plan out. The limits are
 * those of the design: 1.5 s for 100,000 entries against 100,000 timesheets, and near-linear growth. On a machine that
 * does other things besides the CPU time is what counts.
 */
const LIMIT_MS = 1_500;
/** 1 is linear; larger books are a little slower for each entry, since they fit no cache. */
const LIMIT_EXPONENT = 1.2;
const COUNT = Number(process.argv[2] ?? 100_000);
const RUNS = Number(process.argv[3] ?? 5);
const SIZES = [1_000, 10_000, 50_000, 100_000, 200_000];

const NAMES: Readonly<Record<Scenario, string>> = {
  unchanged: 'linked, no change',
  one_percent: 'linked, 1 % edited in Zammad',
  all_changed: 'linked, all edited in Zammad',
  unlinked: 'unlinked, all match exactly',
  similar: 'unlinked, all only similar',
  empty_target: 'Kimai is empty',
};
/** What a run meets day by day; that everything changes at once is a guard's case, and only told. */
const LIMITED: readonly Scenario[] = ['unchanged', 'one_percent'];

type Measured = { readonly timings: readonly Timing[]; readonly came: string };

function measure(count: number, scenario: Scenario): Measured {
  const input = bothBooks(count, scenario);
  let came = '';
  const timings = Array.from({ length: RUNS }, (): Timing => {
    const { result, ...timing } = timed(() => reconcile(input));
    came = stepsOf(result);
    return timing;
  });
  return { timings, came };
}

function stepsOf({ steps }: Plan): string {
  const kinds = new Map<string, number>();
  for (const step of steps) {
    const kind = step.kind === 'ask' ? `ask ${step.facts.kind}` : step.kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, times]) => `${times} ${kind}`).join(', ');
}

function rowOf(what: string, { timings, came }: Measured, limit: number | null): Row {
  const wall = timings.map(({ wallMs }) => wallMs);
  const cpuMedian = median(timings.map(({ cpuMs }) => cpuMs));
  return { what, unit: 'ms', median: median(wall), spread: spread(wall), cpuMedian, runs: RUNS, limit, came };
}

const scenarios: readonly Scenario[] = [
  'unchanged',
  'one_percent',
  'all_changed',
  'unlinked',
  'similar',
  'empty_target',
];
const cases = scenarios.map((scenario) =>
  rowOf(
    `${COUNT} ${NAMES[scenario]}`,
    measure(COUNT, scenario),
    LIMITED.includes(scenario) ? LIMIT_MS : null,
  ),
);
const growth = SIZES.map((size) => ({ size, measured: measure(size, 'unchanged') }));
const exponent = fittedExponent(
  growth.map(({ size, measured }) => ({ size, cost: median(measured.timings.map(({ cpuMs }) => cpuMs)) })),
);
report('reconcile', [
  ...cases,
  ...growth.map(({ size, measured }) => rowOf(`growth: ${size}`, measured, null)),
  {
    what: `growth, CPU ∝ entries^x`,
    unit: 'exponent',
    median: exponent,
    spread: null,
    cpuMedian: null,
    runs: RUNS,
    limit: LIMIT_EXPONENT,
    came: `${SIZES[0]} to ${SIZES.at(-1)} entries`,
  },
]);
