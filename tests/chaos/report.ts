import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { commitName } from '../../bench/results.js';
import type { Played } from './histories/play.js';

/** A history that was played, or why it could not be. */
export type Outcome = Played | { readonly seed: number; readonly error: string };

/** As it is when the playing begins: the programs are built once. */
const COMMIT = commitName();

const total = (counts: readonly ReadonlyMap<string, number>[]): [string, number][] => {
  const sums = new Map<string, number>();
  for (const map of counts) for (const [what, times] of map) sums.set(what, (sums.get(what) ?? 0) + times);
  return [...sums].sort(([a], [b]) => a.localeCompare(b));
};

/** What was played and what came of it. */
function report(outcomes: readonly Outcome[]): string {
  const played = outcomes.filter((outcome): outcome is Played => 'findings' in outcome);
  const unplayed = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome] : []));
  const bad = played.filter(({ findings }) => findings.length > 0);
  const sum = (of: (one: Played) => number): number => played.reduce((all, one) => all + of(one), 0);
  const [cpu] = cpus();
  const seeds = outcomes.map(({ seed }) => seed);
  const lines = [
    `- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, commit \`${COMMIT}\``,
    `- seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}: **${played.length} histories**, ` +
      `${Math.round(sum((p) => p.seconds) / Math.max(played.length, 1))} s each`,
    `- **${bad.length} with a finding**; ${unplayed.length} could not be played`,
    `- pairs of ticket and person: ${sum((p) => p.exact)} come out exactly, ${sum((p) => p.explained)} differ for a reason that has a name`,
    '',
    '| what happened | times |',
    '| --- | ---: |',
    ...total(played.map(({ counts }) => counts)).map(([what, times]) => `| ${what} | ${times} |`),
    ...(bad.length + unplayed.length === 0 ? [] : ['', '### Findings', '']),
    ...bad.flatMap(({ seed, findings }) => findings.map((finding) => `- seed ${seed}: ${finding}`)),
    ...unplayed.map(({ seed, error }) => `- seed ${seed} could not be played: ${error.split('\n')[0]}`),
  ];
  return lines.join('\n');
}

const BEGIN = '<!-- written by npm run chaos -->';

/** Keeps what people wrote above the mark. */
export function writeReport(file: string, outcomes: readonly Outcome[]): void {
  const [head = ''] = readFileSync(file, 'utf8').split(BEGIN);
  writeFileSync(file, `${head}${BEGIN}\n\n${report(outcomes)}\n`);
}
