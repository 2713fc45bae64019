import { describe, expect, it } from 'vitest';
import { Lives } from '../stage/lives.js';
import { playSeed } from './play.js';

/** One with each run of the tests; `npm run chaos -- --seeds 200` plays many. */
const SEEDS = [1];
/** A bound for what never ends: two comparisons, each as long as `play.ts` waits for quiet, and the history itself. */
const TIMEOUT_MS = 2_700_000;

describe('a random history under faults and kills', () => {
  it.each(SEEDS)(
    'of seed %i ends with books that agree, or with a reason that has a name',
    async (seed) => {
      const lives = new Lives();
      try {
        const { findings, story, evidence, exact, explained } = await playSeed(seed, await lives.current());
        expect(findings, [...story, ...evidence].join('\n')).toEqual([]);
        expect(exact + explained).toBeGreaterThan(0);
      } finally {
        await lives.close();
      }
    },
    TIMEOUT_MS,
  );
});
