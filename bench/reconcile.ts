import { loadavg } from 'node:os';
import { reconcile } from '../domain/reconcile.js';
import { bothBooks, type Scenario } from './both-books.js';

/*
 * `npx tsx bench/reconcile.ts [entries] [runs]`: the pure reconciliation, both books in, a plan out. Wall time is
 * what a user waits; CPU time is what the work costs when the machine has other things to do.
 */
const LIMIT_MS = 1_500;
const COUNT = Number(process.argv[2] ?? 100_000);
const RUNS = Number(process.argv[3] ?? 7);
const NAMES: Readonly<Record<Scenario, string>> = {
  unchanged: 'linked, no change',
  one_percent: 'linked, 1 % edited in Zammad',
  all_changed: 'linked, all edited in Zammad',
  unlinked: 'unlinked, all match exactly',
  similar: 'unlinked, all only similar',
  empty_target: 'Kimai is empty',
};

type Measured = { readonly wallMs: number; readonly cpuMs: number; readonly steps: string };

function measureOnce(count: number, scenario: Scenario): Measured {
  const input = bothBooks(count, scenario);
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  const plan = reconcile(input);
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(cpuBefore);
  const kinds = new Map<string, number>();
  for (const step of plan.steps) {
    const kind = step.kind === 'ask' ? `ask ${step.facts.kind}` : step.kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const steps = [...kinds].map(([kind, times]) => `${times} ${kind}`).join(', ');
  return { wallMs, cpuMs: (user + system) / 1000, steps };
}

const best = (values: readonly number[]): number => Math.round(Math.min(...values));

function report(label: string, count: number, scenario: Scenario, first: boolean): number {
  const measured = Array.from({ length: RUNS }, () => measureOnce(count, scenario));
  const wall = measured.map(({ wallMs }) => wallMs);
  const cells = [
    label.padEnd(30),
    `${count}`.padStart(8),
    `${best(wall)} ms`.padStart(9),
    first ? `${Math.round(wall[0] ?? 0)} ms`.padStart(9) : ''.padStart(9),
    `${best(measured.map(({ cpuMs }) => cpuMs))} ms`.padStart(9),
    measured[0]?.steps ?? '',
  ];
  console.log(cells.join('  '));
  return Math.min(...wall);
}

function header(): void {
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  console.log(`Node ${process.version}, best of ${RUNS}, load of the machine ${load}\n`);
  const names = ['entries', 'best', 'first', 'CPU'];
  console.log(
    [''.padEnd(30), ...names.map((name) => name.padStart(name === 'entries' ? 8 : 9)), 'plan'].join('  '),
  );
}

header();
const unchangedMs = report(NAMES.unchanged, COUNT, 'unchanged', true);
for (const scenario of ['one_percent', 'all_changed', 'unlinked', 'similar', 'empty_target'] as const) {
  report(NAMES[scenario], COUNT, scenario, true);
}
console.log();
const growth = [1_000, 10_000, 50_000, 100_000, 200_000].map((count) => ({
  count,
  ms: report('linked, no change: growth', count, 'unchanged', false),
}));
const [small, large] = [growth[1], growth.at(-1)];
if (small && large) {
  const factor = large.ms / small.ms / (large.count / small.count);
  console.log(`\ncost per entry at ${large.count} is ${factor.toFixed(2)} times that at ${small.count}`);
}
console.log(`limit for ${COUNT} without a change: ${LIMIT_MS} ms, measured ${Math.round(unchangedMs)} ms`);
if (unchangedMs > LIMIT_MS) process.exitCode = 1;
