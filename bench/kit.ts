import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname } from 'node:path';

/** One measurement: wall time is what a user waits, CPU time what the work costs while the machine does other things. */
export type Timing = { readonly wallMs: number; readonly cpuMs: number };

/** Runs the work once and measures it. CPU time is that of all threads of this process. */
export function timed<T>(work: () => T): Timing & { readonly result: T } {
  const before = process.cpuUsage();
  const from = performance.now();
  const result = work();
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000, result };
}

/** Of an even number of values the mean of the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** From the smallest to the largest value, as a share of the median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);

/**
 * The exponent of cost ∝ size^exponent that fits best (least squares of the logarithms): 1 is linear, 2 quadratic.
 * Needs at least two sizes.
 */
export function fittedExponent(points: readonly { readonly size: number; readonly cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (of: 'x' | 'y'): number => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
  const [meanX, meanY] = [mean('x'), mean('y')];
  const together = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return together / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}

/** A row of a benchmark: what was measured, beside what it may cost; `limit` null only tells. */
export type Row = {
  readonly what: string;
  readonly unit: 'ms' | 'exponent';
  readonly median: number;
  /** Largest − smallest, as a share of the median; null of a single figure. */
  readonly spread: number | null;
  readonly cpuMedian: number | null;
  readonly runs: number;
  readonly limit: number | null;
  /** What the work came to, so that nobody measures something else. */
  readonly came: string;
};

const shown = (value: number | null, unit: Row['unit'] = 'ms'): string =>
  value === null ? '–' : unit === 'ms' ? `${Math.round(value)} ms` : value.toFixed(2);

/** CPU time is compared where there is one: what else the machine does is no fault of the work. */
const isMet = ({ limit, median: wall, cpuMedian }: Row): boolean =>
  limit === null || (cpuMedian ?? wall) <= limit;

/** Rows as a table in Markdown. */
export function table(rows: readonly Row[]): string {
  const head = ['what', 'median', 'spread', 'CPU', 'runs', 'limit', 'met', 'came to'];
  const body = rows.map((row) => [
    row.what,
    shown(row.median, row.unit),
    row.spread === null ? '–' : `${Math.round(row.spread * 100)} %`,
    shown(row.cpuMedian),
    `${row.runs}`,
    shown(row.limit, row.unit),
    row.limit === null ? '–' : isMet(row) ? 'yes' : 'no',
    row.came,
  ]);
  const widths = head.map((name, at) =>
    Math.max(name.length, ...body.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** Prints the table, keeps it as JSON beside others of its kind, and makes the process fail where a limit is not met. */
export function report(name: string, rows: readonly Row[]): void {
  const load = Number((loadavg()[0] ?? 0).toFixed(1));
  console.log(`${name}: Node ${process.version}, load of the machine ${load}\n\n${table(rows)}\n`);
  const file = `reports/bench/${name}.json`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ name, node: process.version, load, rows }, null, 2)}\n`);
  if (!rows.every(isMet)) process.exitCode = 1;
}
