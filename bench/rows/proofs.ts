import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { runTests } from '../stage/run-tests.js';

/* Two lines of the limits are no speeds: tests prove them, and their figure is how many of them fail. */

async function calls(): Promise<readonly Finding[]> {
  const { passed, failed } = await runTests('tests/integration/engine/calls.int.test.ts');
  return [
    {
      ...{
        id: 'calls',
        what: 'cases whose calls are not those of docs/calls.md',
        unit: 'lost',
        goal: { atMost: 0 },
      },
      ...{
        values: [passed === 0 ? NaN : failed],
        note: `${passed} cases make just the calls that are named there`,
      },
    },
  ];
}

/** A share of the boundaries of each scenario; `npm test` sweeps all of them. */
const STRIDE = { whole: '6', quick: '20' };

async function kill({ quick }: BenchContext): Promise<readonly Finding[]> {
  const stride = quick ? STRIDE.quick : STRIDE.whole;
  const { passed, failed } = await runTests('tests/chaos/sweep', { TIMEBRIDGE_SWEEP_STRIDE: stride });
  return [
    {
      ...{ id: 'kill', what: 'kill −9: scenarios in which something is lost or written twice', unit: 'lost' },
      ...{ goal: { atMost: 0 }, values: [passed === 0 ? NaN : failed] },
      note: `${passed} scenarios, death at each ${stride}th boundary; tests/chaos/sweep takes all of them`,
    },
  ];
}

export const callsRow: BenchRow = { name: 'calls', run: calls };
export const killRow: BenchRow = { name: 'kill', run: kill };
