import fc from 'fast-check';
import { CHOICES, CONFLICT_KINDS } from '../conflict.js';
import { DEFAULT_POLICIES, POLICY_VALUES, type Policies } from '../policies.js';
import type { Rule } from '../rules.js';

/** How a bridge and its two systems are set up; policies, rules and locks may change in the middle of a history. */
export type Setting = {
  readonly policies: Policies;
  readonly rules: readonly Rule[];
  readonly startFrom: string;
  readonly closedUntil: string | null;
  readonly firstRun: boolean;
  readonly secondsPerUnit: number;
  readonly orderNumbers: Readonly<Record<string, string>>;
  readonly kimai: {
    readonly allowsOverlap: boolean;
    readonly allowsFuture: boolean;
    readonly roundsTo: number;
  };
};

export const anyPolicies: fc.Arbitrary<Policies> = fc.record({
  newEntries: fc.constantFrom('auto', 'auto', 'auto', ...POLICY_VALUES.newEntries),
  exactMatches: fc.constantFrom(...POLICY_VALUES.exactMatches),
  sourceEdits: fc.constantFrom('auto', ...POLICY_VALUES.sourceEdits),
  targetEdits: fc.constantFrom(...POLICY_VALUES.targetEdits),
  sourceDeletions: fc.constantFrom(...POLICY_VALUES.sourceDeletions),
  corrections: fc.constantFrom('net', ...POLICY_VALUES.corrections),
  placement: fc.constantFrom(...POLICY_VALUES.placement),
  project: fc.constantFrom('per_customer', ...POLICY_VALUES.project),
  customers: fc.constantFrom('propose', ...POLICY_VALUES.customers),
  quietMinutes: fc.constantFrom(0, 0, 0, 10),
  marker: fc.constantFrom(true, true, true, false),
  descriptionTemplate: fc.constant(DEFAULT_POLICIES.descriptionTemplate),
  tags: fc.constant(DEFAULT_POLICIES.tags),
  billableByActivity: fc.constant({}),
  fixedProjectId: fc.constantFrom('p1', null),
  dayStart: fc.constantFrom('08:00', '06:30'),
  fuzzyThreshold: fc.constantFrom(0.6, 0.6, 0.45),
  fourEyesSeconds: fc.constant(null),
});

const anyRule: fc.Arbitrary<Rule> = fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3'),
  revision: fc.constant(1),
  when: fc.record(
    {
      kinds: fc.subarray([...CONFLICT_KINDS], { minLength: 4 }),
      customerKeys: fc.constantFrom(['organization:7'], ['organization:8', 'customer:9']),
      userIds: fc.constantFrom(['4'], ['5', '99']),
      activityTypeIds: fc.constantFrom(['3'], ['', '5']),
      secondsBelow: fc.constantFrom(601, 1800),
      secondsFrom: fc.constantFrom(600, 900),
    },
    { requiredKeys: [] },
  ),
  then: fc.oneof(
    fc.constantFrom<Rule['then']>('ask', 'skip', 'create', 'keep_target', 'take_source'),
    fc.constantFrom<Rule['then']>(...CHOICES),
  ),
});

/** Several rules, so that the first of those that match has to win. */
export const someRules = fc.array(anyRule, { minLength: 2, maxLength: 5, size: 'max' });

export const anyRules: fc.Arbitrary<readonly Rule[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.array(anyRule, { minLength: 1, maxLength: 4, size: 'max' }) },
);

export const anyClosedUntil = fc.constantFrom(null, null, null, null, '2026-11-19', '2026-11-23');

export const anySetting: fc.Arbitrary<Setting> = fc.record({
  policies: anyPolicies,
  rules: anyRules,
  startFrom: fc.constantFrom('2026-01-01', '2026-01-01', '2026-11-20'),
  closedUntil: anyClosedUntil,
  firstRun: fc.boolean(),
  secondsPerUnit: fc.constantFrom(60, 60, 300, 10, 1),
  orderNumbers: fc.constantFrom<Readonly<Record<string, string>>>({}, {}, { p8: '50051' }),
  kimai: fc.record({
    allowsOverlap: fc.constantFrom(true, true, false),
    allowsFuture: fc.constantFrom(true, true, false),
    roundsTo: fc.constantFrom(60, 60, 60, 900),
  }),
});
