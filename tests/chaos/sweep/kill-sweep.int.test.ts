import { describe, expect, it } from 'vitest';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { inFlight } from '../../../worker/in-flight.js';
import { openContractBridge } from '../../integration/engine/contract-bridge.js';
import { differencesFrom } from './books-agree.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { survive, type Survivors } from './survivors.js';

/** Every boundary of a scenario, or each `STRIDE`-th: TIMEBRIDGE_SWEEP_STRIDE, for a quick look. */
const STRIDE = Number(process.env['TIMEBRIDGE_SWEEP_STRIDE'] ?? 1);

/** Plays a scenario in which the first process dies before its `diesAt`-th effect. @returns its effects. */
async function playWithDeath(scenario: Scenario, diesAt: number): Promise<readonly string[]> {
  const url = await createDatabase();
  let survivors: Survivors | undefined;
  const bridge = await openContractBridge(url, scenario.policies ?? {}, {}, (depsOver) => {
    survivors = survive(url, (pool) => ({ ...depsOver(pool), unknownWaitSeconds: 0.2 }), diesAt);
    return survivors.activities;
  });
  try {
    await scenario.before?.(bridge);
    survivors?.arm();
    await scenario.play(bridge);
    const wrong = await differencesFrom(scenario, bridge);
    if (Object.keys(wrong).length > 0) throw new Error(JSON.stringify(wrong));
    expect(survivors?.hasDied()).toBe(diesAt <= (survivors?.effects().length ?? 0));
    return survivors?.effects() ?? [];
  } finally {
    await survivors?.close();
    await bridge.close();
    await dropDatabase(url);
  }
}

/** Two at a time: while one waits for a lease to run out the other goes on. */
const AT_A_TIME = 2;
/** Hundreds of worlds are made and brought to their end. */
const TIMEOUT_MS = 1_200_000;

describe.each(Object.entries(SCENARIOS))('a worker that dies while %s', (_, scenario) => {
  it(
    'loses nothing and doubles nothing, whatever was the last that it did',
    async () => {
      const effects = await playWithDeath(scenario, Infinity);
      expect(effects.length).toBeGreaterThan(3);
      const deaths = effects.flatMap((effect, index) =>
        index % STRIDE === 0 ? [{ effect, at: index + 1 }] : [],
      );
      const failures: string[] = [];
      await inFlight(AT_A_TIME, deaths, async ({ effect, at }) => {
        try {
          await playWithDeath(scenario, at);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          failures.push(`dies before effect ${at} of ${effects.length} (${effect}): ${message}`);
        }
      });
      expect(failures).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
