import fc from 'fast-check';
import { inject } from 'vitest';
import { anyHistory, type Act } from './acts.js';
import { play, type Played } from './played.js';
import { anySetting, type Setting } from './settings.js';

const LONGEST = 22;
const { minutes, seed } = inject('histories');

/**
 * Short: the same histories each time, so that a test that passed passes again. Long (docs/histories.md): other ones
 * each time, for so many minutes. A failure prints seed and path, and the shortest history that shows it.
 */
export const runs = (numRuns: number): fc.Parameters<unknown> =>
  minutes === 0
    ? { numRuns, seed: seed ?? 20_261_123 }
    : {
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: minutes * 60_000,
        seed: seed ?? Date.now() % 2 ** 31,
      };

/** How long a test may take: far above what it needs, a busy machine must not fail it. */
export const patience = { timeout: minutes * 60_000 + 120_000 };

/** Any bridge, any history; `check` throws when a rule is broken. */
export function holds(numRuns: number, check: (setting: Setting, history: readonly Act[]) => void): void {
  fc.assert(fc.property(anySetting, anyHistory(LONGEST), check), runs(numRuns));
}

/** The same, after everything has come to rest. */
export const holdsAtRest = (numRuns: number, check: (played: Played) => void): void =>
  holds(numRuns, (setting, history) => {
    const played = play(setting, history);
    played.settle();
    check(played);
  });
