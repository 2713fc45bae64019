import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/fingerprint.mjs';
import { playSeed } from './histories/play.js';
import { writeReport, type Outcome } from './report.js';
import { Lives } from './stage/lives.js';

/*
 * Many histories: `npm run chaos -- --seeds 200 [--from 1] [--lanes 2] [--minutes 60] [--not-while FILE]
 * [--out docs/chaos.md]`. After so many minutes none begins any more, nor while that file is there (somebody measures).
 * The report is written after each seed, so that one that is stopped has told what it saw.
 */

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    minutes: { type: 'string', default: 'Infinity' },
    'not-while': { type: 'string' },
    out: { type: 'string', default: join(root, 'docs/chaos.md') },
  },
});

/** An installation lives through so many seeds that follow each other; none goes on after a finding. */
const SEEDS_A_LIFE = 10;

const [first, last] = [Number(values.from), Number(values.from) + Number(values.seeds) - 1];
const until = Date.now() + Number(values.minutes) * 60_000;
const outcomes: Outcome[] = [];
let begun = first;

/** The seeds of the next life. */
function nextLife(): readonly number[] {
  const from = begun;
  begun = Math.min(from + SEEDS_A_LIFE, last + 1);
  return Array.from({ length: begun - from }, (_, at) => from + at);
}

/** False once the time is over. */
async function mayBegin(): Promise<boolean> {
  const file = values['not-while'];
  while (file !== undefined && existsSync(file) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  return Date.now() < until;
}

/** What is waited for in one lane is time for the others. */
async function lane(): Promise<void> {
  const lives = new Lives();
  try {
    for (let seeds = nextLife(); seeds.length > 0; seeds = nextLife()) {
      for (const seed of seeds) {
        if (!(await mayBegin())) return;
        const outcome = await play(seed, lives);
        tell(outcome);
        if ('error' in outcome || outcome.findings.length > 0) await lives.end();
      }
      await lives.end();
    }
  } finally {
    await lives.close();
  }
}

async function play(seed: number, lives: Lives): Promise<Outcome> {
  try {
    return await playSeed(seed, await lives.current());
  } catch (error) {
    return { seed, error: error instanceof Error ? error.message : String(error) };
  }
}

function tell(outcome: Outcome): void {
  outcomes.push(outcome);
  const said = 'error' in outcome ? outcome.error : outcome.findings.join('; ') || 'nothing found';
  const took = 'seconds' in outcome ? ` (${outcome.seconds} s)` : '';
  console.log(`seed ${outcome.seed}${took}: ${said}`);
  if (said !== 'nothing found' && 'story' in outcome)
    console.log([...outcome.story, ...outcome.evidence].join('\n'));
  writeReport(values.out, outcomes);
}

await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
process.exit(outcomes.every((outcome) => 'findings' in outcome && outcome.findings.length === 0) ? 0 : 1);
