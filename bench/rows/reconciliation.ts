import type { Plan } from '../../domain/plan.js';
import { reconcile } from '../../domain/reconcile.js';
import { bothBooks, type Scenario } from '../both-books.js';
import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { fittedExponent, median, timed } from '../kit.js';

/* The pure reconciliation alone: both books in, a plan out. Its figure is CPU time of this process. */

const COUNT = 100_000;
const TIMES = 3;
const SIZES = [10_000, 30_000];
/** 1 is linear; larger books are a little slower for each entry, since they fit no cache. */
const MOST_EXPONENT = 1.2;

const NAMES: Readonly<Record<Scenario, string>> = {
  unchanged: 'linked, no change',
  one_percent: 'linked, 1 % edited in Zammad',
  all_changed: 'linked, all edited in Zammad',
  unlinked: 'unlinked, all match exactly',
  similar: 'unlinked, all only similar',
  empty_target: 'Kimai is empty',
};
const SCENARIOS: readonly Scenario[] = [
  ...(['unchanged', 'one_percent', 'all_changed', 'unlinked', 'similar', 'empty_target'] as const),
];
/** What a run meets day by day; the others are told. */
const LIMITED: readonly Scenario[] = ['unchanged', 'one_percent'];

type Measured = { readonly cpuMs: readonly number[]; readonly came: string };

function measure(count: number, scenario: Scenario, times: number): Measured {
  const input = bothBooks(count, scenario);
  let came = '';
  const cpuMs = Array.from({ length: times }, () => {
    const { result, cpuMs: cost } = timed(() => reconcile(input));
    came = stepsOf(result);
    return cost;
  });
  return { cpuMs, came };
}

/** What the work came to, so that nobody measures something else. */
function stepsOf({ steps }: Plan): string {
  const kinds = new Map<string, number>();
  for (const step of steps) {
    const kind = step.kind === 'ask' ? `ask ${step.facts.kind}` : step.kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, times]) => `${times} ${kind}`).join(', ');
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const scale = quick ? 0.1 : 1;
  const points = SIZES.map((size) => size * scale).map((size) => ({
    size,
    cost: median(measure(size, 'unchanged', TIMES).cpuMs),
  }));
  const findings = SCENARIOS.map((scenario): Finding => {
    say(NAMES[scenario]);
    const limited = LIMITED.includes(scenario);
    const { cpuMs, came } = measure(COUNT * scale, scenario, limited ? TIMES : 1);
    const last = { size: COUNT * scale, cost: median(cpuMs) };
    return {
      ...{ id: `reconciliation-${scenario}`, unit: 'ms', values: cpuMs, note: came },
      what: `reconciliation of ${COUNT * scale}, ${NAMES[scenario]}`,
      goal: limited ? { atMost: 1_500 } : null,
      ...(scenario === 'unchanged' && { growth: { points: [...points, last], unit: 'ms' } as const }),
    };
  });
  const [unchanged] = findings;
  return [
    ...findings,
    {
      ...{ id: 'reconciliation-growth', what: 'reconciliation, CPU ∝ entries^x', unit: 'exponent' },
      ...{ goal: { atMost: MOST_EXPONENT }, values: [fittedExponent(unchanged?.growth?.points ?? [])] },
    },
  ];
}

export const reconciliationRow: BenchRow = { name: 'reconciliation', run: measured };
