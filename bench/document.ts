import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { isMet } from './finding.js';
import type { Results } from './results.js';
import { costTable, growthTable, markdownTable, resultTable } from './table.js';

const FILE = 'docs/benchmarks.md';

const HEAD = `# Measured

Written by \`npm run bench\`: each line of the limits, on the embedded stack as \`npm start\` runs it (PostgreSQL with fsync, Temporal on
its file, ledger and audit on), between simulators of Zammad and Kimai in a process of their own on the same processors.
\`npm run bench -- <row>\` measures one row anew and leaves the others as they are; \`--compare FILE\` tells what became of each figure since
another commit's \`docs/benchmarks.json\`. The command fails when a goal is missed.

*Measured* is the median, *spread* the largest less the smallest value as a share of it. *Bare loop* is the time of Timebridge as a
multiple of the time that the same calls take when a few lines make them and nothing is kept; *usual script* is how many times as long a
script takes that goes ticket by ticket, one call at a time, from the beginning each time. Both were measured in the same run, minutes apart,
against simulators in the same state: what else the machine did meanwhile is noise in the ratios too, and *load* says how much there was.
How it grows beyond one machine, and what profiles and query plans showed: [scaling.md](scaling.md).
`;

const NOISE = 0.5;

/** Writes the page that people read; `names` are those of all rows there are. */
export async function writeDocument(results: Results, names: readonly string[]): Promise<void> {
  const findings = results.rows.flatMap((row) => row.findings);
  const sections = [
    HEAD,
    `Machine: ${results.machine}, Node ${results.node}. ${summaryOf(results, names)}`,
    `## Results\n\n${resultTable(findings)}`,
    `## What it cost\n\n${costTable(findings)}`,
    `## Growth\n\nCost at 1×, 3× and 10× the size; an exponent of 1 is linear, 2 would be quadratic.\n\n${growthTable(findings)}`,
    `## Notes\n\n${findings.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}`])).join('\n')}`,
    `## When\n\n${whenTable(results)}`,
  ];
  const options = await resolveConfig(FILE);
  writeFileSync(FILE, await format(sections.join('\n\n'), { ...options, filepath: FILE }));
}

/** What misses its goal, and what nobody has measured yet: neither may be taken for a success. */
function summaryOf({ rows }: Results, names: readonly string[]): string {
  const findings = rows.flatMap((row) => row.findings);
  const missed = findings.filter((finding) => !isMet(finding)).map(({ what }) => what);
  const unmeasured = names.filter((name) => !rows.some(({ row }) => row === name));
  return [
    missed.length === 0
      ? `All ${findings.length} figures meet their goals.`
      : `${missed.length} of ${findings.length} figures miss their goals: ${missed.join('; ')}.`,
    ...(unmeasured.length === 0 ? [] : [`Not measured yet: ${unmeasured.join(', ')}.`]),
  ].join(' ');
}

/** Under what conditions each row was measured: a busy machine makes every time longer. */
const whenTable = ({ rows }: Results): string =>
  markdownTable(
    ['row', 'commit', 'when (UTC)', 'load before', 'took'],
    rows.map(({ row, commit, at, load, tookSeconds }) => [
      ...[row, commit, at.slice(0, 16).replace('T', ' ')],
      load > NOISE ? `${load} (busy machine)` : `${load}`,
      `${tookSeconds} s`,
    ]),
  );
