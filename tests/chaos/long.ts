import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/fingerprint.mjs';
import { playSeed, type Played } from './histories/play.js';

/*
 * Many histories: `npm run chaos -- --seeds 200 [--from 1] [--lanes 2] [--minutes 60] [--out docs/chaos.md]`. After so many
 * minutes none begins any more. The report is written after each seed, so that one that is stopped has told what it saw.
 */

type Outcome = Played | { readonly seed: number; readonly error: string };

async function play(seed: number, folder: string): Promise<Outcome> {
  try {
    return await playSeed(seed, folder);
  } catch (error) {
    return { seed, error: error instanceof Error ? error.message : String(error) };
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-chaos-test-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
  return folder;
}

const total = (counts: readonly ReadonlyMap<string, number>[]): [string, number][] => {
  const sums = new Map<string, number>();
  for (const map of counts) for (const [what, times] of map) sums.set(what, (sums.get(what) ?? 0) + times);
  return [...sums].sort(([a], [b]) => a.localeCompare(b));
};

function report(outcomes: readonly Outcome[]): string {
  const played = outcomes.filter((outcome): outcome is Played => 'findings' in outcome);
  const unplayed = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome] : []));
  const bad = played.filter(({ findings }) => findings.length > 0);
  const sum = (of: (one: Played) => number): number => played.reduce((all, one) => all + of(one), 0);
  const [cpu] = cpus();
  const seeds = outcomes.map(({ seed }) => seed);
  const lines = [
    `- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`,
    `- seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}: **${played.length} histories**, ${sum((p) => p.seconds)} s in all`,
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
function write(file: string, text: string): void {
  const [head = ''] = readFileSync(file, 'utf8').split(BEGIN);
  writeFileSync(file, `${head}${BEGIN}\n\n${text}\n`);
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    minutes: { type: 'string', default: 'Infinity' },
    out: { type: 'string', default: join(root, 'docs/chaos.md') },
  },
});
const from = Number(values.from);
const waiting = Array.from({ length: Number(values.seeds) }, (_, at) => from + at);
const outcomes: Outcome[] = [];
const until = Date.now() + Number(values.minutes) * 60_000;

/** The next seed; none once the time is over. */
const next = (): number | undefined => (Date.now() < until ? waiting.shift() : undefined);

/** One seed after the other over one cluster; what is waited for in one lane is time for the others. */
async function lane(): Promise<void> {
  const folder = newFolder();
  try {
    for (let seed = next(); seed !== undefined; seed = next()) tell(await play(seed, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(outcome: Outcome): void {
  outcomes.push(outcome);
  const said = 'error' in outcome ? outcome.error : outcome.findings.join('; ') || 'nothing found';
  console.log(`seed ${outcome.seed}: ${said}`);
  if (said !== 'nothing found' && 'story' in outcome)
    console.log([...outcome.story, ...outcome.evidence].join('\n'));
  write(values.out, report(outcomes));
}

await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
process.exit(outcomes.every((outcome) => 'findings' in outcome && outcome.findings.length === 0) ? 0 : 1);
