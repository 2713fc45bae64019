import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playSeed } from './play.js';

/** One with each run of the tests; `npm run chaos -- --seeds 200` plays many. */
const SEEDS = [1];
/** A bound for what never ends: two comparisons, each as long as `play.ts` waits for quiet, and the history itself. */
const TIMEOUT_MS = 2_700_000;

describe('a random history under faults and kills', () => {
  it.each(SEEDS)(
    'of seed %i ends with books that agree, or with a reason that has a name',
    async (seed) => {
      const folder = mkdtempSync(join(tmpdir(), 'timebridge-chaos-test-'));
      chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
      try {
        const { findings, story, evidence, exact, explained } = await playSeed(seed, folder);
        expect(findings, [...story, ...evidence].join('\n')).toEqual([]);
        expect(exact + explained).toBeGreaterThan(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    TIMEOUT_MS,
  );
});
