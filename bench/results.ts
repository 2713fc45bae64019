import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import * as yup from 'yup';
import type { Finding } from './finding.js';

/** The findings of one row, and under what conditions they were made. */
export type RowResult = {
  readonly row: string;
  readonly commit: string;
  readonly at: string;
  readonly quick: boolean;
  /** How many processes waited for a processor when the row began; above 0.5 others were at work too. */
  readonly load: number;
  readonly tookSeconds: number;
  readonly findings: readonly Finding[];
};

export type Results = {
  readonly machine: string;
  readonly node: string;
  readonly rows: readonly RowResult[];
};

export const RESULTS_FILE = 'docs/benchmarks.json';

const File = yup
  .object({
    machine: yup.string().required(),
    node: yup.string().required(),
    rows: yup
      .array()
      .of(yup.mixed<RowResult>({ type: 'object' }).required())
      .required(),
  })
  .required();

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`;

export const load = (): number => Number((loadavg()[0] ?? 0).toFixed(1));

/** The commit that is measured, with a plus when files differ from it (but for what the bench itself writes). */
export function commitName(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const others = [':(exclude)docs/benchmarks.md', ':(exclude)docs/benchmarks.json'];
  const dirty = git('status', '--porcelain', '--untracked-files=no', '--', '.', ...others) === '' ? '' : '+';
  return `${git('rev-parse', '--short', 'HEAD')}${dirty}`;
}

/** What a file of results holds; nothing when there is none yet. */
export function readResults(file = RESULTS_FILE): Results {
  if (!existsSync(file)) return { machine: machine(), node: process.version, rows: [] };
  return File.validateSync(JSON.parse(readFileSync(file, 'utf8')));
}

/** Puts the new results in the place of older ones of the same rows, in the order of `names`. */
export function mergeResults(before: Results, made: readonly RowResult[], names: readonly string[]): Results {
  const newest = new Map([...before.rows, ...made].map((result) => [result.row, result]));
  return {
    ...{ machine: machine(), node: process.version },
    rows: names.flatMap((name) => newest.get(name) ?? []),
  };
}

export const writeResults = (results: Results, file = RESULTS_FILE): void =>
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
