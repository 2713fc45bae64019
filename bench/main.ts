import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { staleParts } from '../scripts/fingerprint.mjs';
import { compareResults } from './compare.js';
import { isMet, type BenchRow } from './finding.js';
import { writeDocument } from './document.js';
import { commitName, load, mergeResults, readResults, writeResults, type RowResult } from './results.js';
import { benchRows } from './rows/index.js';
import { costTable, growthTable, resultTable } from './table.js';

const USAGE = `npm run bench [-- row …] [--quick] [--compare FILE] [--no-write]
  row        one or several of: ${benchRows.map(({ name }) => name).join(', ')}; left out: all of them
  --quick    a tenth of the sizes, to see whether everything runs; keeps nothing
  --compare  what became of the figures since that file of results (docs/benchmarks.json of another commit)
  --no-write docs/benchmarks.md and docs/benchmarks.json stay as they are`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    compare: { type: 'string' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is measured is what the sources say, and none of it is spent on building. */
function buildFirst(): void {
  const stale = staleParts();
  if (stale.length === 0) return;
  const build = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', ...stale], {
    stdio: 'inherit',
  });
  if (build.status !== 0) throw new Error('the programs could not be built');
}

async function runRow(row: BenchRow): Promise<RowResult> {
  const [since, before] = [performance.now(), load()];
  say(`\n${row.name} …`);
  const findings = await row.run({ quick: values.quick, say: (line) => say(`  ${line}`) });
  const tookSeconds = Math.round((performance.now() - since) / 1000);
  say(`${resultTable(findings)}\n  (${tookSeconds} s)`);
  const at = new Date().toISOString();
  return {
    row: row.name,
    commit: commitName(),
    at,
    quick: values.quick,
    load: before,
    tookSeconds,
    findings,
  };
}

/** What was measured is kept row by row, so that a run that is ended has told what it saw. */
async function keep(result: RowResult): Promise<void> {
  if (values.quick || values['no-write']) return;
  const names = benchRows.map(({ name }) => name);
  const merged = mergeResults(readResults(), [result], names);
  writeResults(merged);
  await writeDocument(merged, names);
}

/** @returns the rows that were measured, and the names of those that broke off. */
async function runRows(rows: readonly BenchRow[]) {
  const results: RowResult[] = [];
  const broken: string[] = [];
  for (const row of rows)
    try {
      const result = await runRow(row);
      results.push(result);
      await keep(result);
    } catch (cause) {
      broken.push(row.name);
      say(
        `${row.name} broke off: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
      );
    }
  return { results, broken };
}

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !benchRows.some((row) => row.name === name));
  if (values.help || unknown.length > 0) {
    say(unknown.length > 0 ? `There is no row ${unknown.join(', ')}.\n${USAGE}` : USAGE);
    return unknown.length > 0 ? 2 : 0;
  }
  const chosen = benchRows.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  buildFirst();
  const before = readResults(values.compare);
  const { results, broken } = await runRows(chosen);
  const findings = results.flatMap((result) => result.findings);
  say(`\n${resultTable(findings)}\n\n${costTable(findings)}\n\n${growthTable(findings)}`);
  if (values.compare !== undefined) say(`\n${compareResults(before, { ...before, rows: results })}`);
  const missed = findings.filter((finding) => !isMet(finding));
  for (const { what } of missed) say(`missed: ${what}`);
  for (const name of broken) say(`broke off: ${name}`);
  return missed.length + broken.length > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exit(await main());
