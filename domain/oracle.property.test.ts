import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ZONE } from './books.test-support.js';
import { toSeconds } from './duration.js';
import { anyHistory, anyReappliedHistory, anyRefusedHistory } from './histories/acts.js';
import { play, type Played } from './histories/played.js';
import { holds, patience, runs } from './histories/runs.js';
import { anyPolicies, anySetting, someRules, type Setting } from './histories/settings.js';
import { secondsOfText } from './oracle/calendar.js';
import { lineOfStep } from './oracle/lines.js';
import { DEFAULT_POLICIES } from './policies.js';

/** The plan says what the oracle expects, line by line, and leaves each entry where the oracle expects it. */
function expectAsPredicted(played: Played, ticketId: string | null = null): void {
  const plan = played.plan(ticketId);
  const expected = played.expected(ticketId);
  expect(plan.steps.map((step) => lineOfStep(step, ZONE)).sort()).toEqual([...expected.lines].sort());
  expect(Object.fromEntries(plan.outcomes.map(({ entryId, state }) => [entryId, state]))).toEqual(
    expected.states,
  );
}

it(
  'after any history the plan is what the oracle expects, for both books and for one ticket',
  patience,
  () => {
    holds(400, (setting, history) => {
      const played = play(setting, history);
      expectAsPredicted(played);
      expectAsPredicted(played, '50');
    });
  },
);

it('where customers are made the plan is what the oracle expects, on the way and at rest', patience, () => {
  holds(200, (setting, history) => {
    const policies = { ...setting.policies, customers: 'create', project: 'per_customer' } as const;
    const played = play({ ...setting, policies }, history);
    expectAsPredicted(played);
    expectAsPredicted(played, '50');
    // People may have set other policies meanwhile.
    played.do({ do: 'setPolicies', policies });
    played.settle();
    expectAsPredicted(played);
    const asked = played.plan().steps.flatMap((step) => (step.kind === 'ask' ? [step.facts.subject] : []));
    expect(asked.filter((subject) => subject.startsWith('gap:unmapped_customer:organization:'))).toEqual([]);
  });
});

it('at rest the plan is what the oracle expects', patience, () => {
  holds(150, (setting, history) => {
    const played = play(setting, history);
    played.settle();
    expectAsPredicted(played);
  });
});

it('I20 many deletions and edits at once are held as the oracle expects', patience, () => {
  const some = fc.array(fc.nat({ max: 69 }), { maxLength: 70 });
  fc.assert(
    fc.property(
      anySetting,
      anyPolicies,
      some,
      some,
      fc.boolean(),
      (setting, policies, gone, edited, decides) => {
        const played = play(setting, []);
        for (let index = 0; index < 70; index += 1)
          played.do({
            do: 'book',
            ticket: index % 2 === 0 ? '50' : '51',
            seconds: 600,
            day: '2026-11-20',
            time: '08:00:00',
            type: '3',
            person: '4',
          });
        played.settle();
        played.do({ do: 'setPolicies', policies });
        for (const pick of gone) played.do({ do: 'deleteEntry', pick });
        for (const pick of edited) played.do({ do: 'edit', pick, seconds: 1800 });
        expectAsPredicted(played);
        if (!decides) return;
        played.do({
          do: 'decide',
          pick: 0,
          choice: gone.length,
          fields: 0,
          edit: { seconds: 1200 },
          target: 'p7',
        });
        expectAsPredicted(played);
      },
    ),
    runs(6),
  );
});

it('I21 where much is asked, rules settle what the oracle expects', patience, () => {
  const asking = { newEntries: 'ask', sourceEdits: 'ask', exactMatches: 'ask', targetEdits: 'ask' } as const;
  fc.assert(
    fc.property(anySetting, someRules, anyHistory(6), (setting, rules, history) => {
      expectAsPredicted(play({ ...setting, rules, policies: { ...setting.policies, ...asking } }, history));
    }),
    runs(400),
  );
});

it('I30 what Kimai refused is asked as the oracle expects, whoever had it sent', patience, () => {
  fc.assert(
    fc.property(anySetting, anyRefusedHistory, (setting, history) => {
      const policies = { ...setting.policies, quietMinutes: 0 } as const;
      expectAsPredicted(play({ ...setting, policies, closedUntil: null }, history));
    }),
    runs(300),
  );
});

const usual: Setting = {
  policies: DEFAULT_POLICIES,
  rules: [],
  startFrom: '2026-01-01',
  closedUntil: null,
  firstRun: true,
  secondsPerUnit: 60,
  orderNumbers: {},
  kimai: { allowsOverlap: true, allowsFuture: true, roundsTo: 60 },
};

it('I30 a shorter time is not what was refused, also on a day on which the clock is changed', () => {
  const day = '2026-10-25';
  const played = play(usual, [
    { do: 'book', ticket: '51', seconds: 600, day, time: '08:00:00', type: '3', person: '4' },
    { do: 'sync', faults: ['refused'] },
  ]);
  expect(played.plan().steps).toMatchObject([{ kind: 'ask', facts: { kind: 'rejected' } }]);
  expectAsPredicted(played);
  played.do({ do: 'correct', pick: 0, seconds: -300 });
  expect(played.plan().steps).toMatchObject([{ kind: 'create', desired: { seconds: 300 } }]);
  expectAsPredicted(played);
});

it('I30 another time of day is not what was refused, also on a day on which the clock is changed', () => {
  const day = '2026-10-25';
  const played = play(usual, [
    { do: 'book', ticket: '51', seconds: 600, day, time: '09:00:00', type: '3', person: '4' },
    { do: 'sync', faults: ['refused'] },
  ]);
  played.do({ do: 'setPolicies', policies: { ...usual.policies, placement: 'day_start' } });
  expect(played.plan().steps).toMatchObject([{ kind: 'create', desired: { begin: '2026-10-25T08:00:00' } }]);
  expectAsPredicted(played);
});

it(
  'I8 what is written follows changed settings where the oracle expects it, once an admin asked',
  patience,
  () => {
    fc.assert(
      fc.property(anySetting, anyReappliedHistory, (setting, history) => {
        const policies = { ...setting.policies, quietMinutes: 0, newEntries: 'auto' } as const;
        expectAsPredicted(play({ ...setting, policies, closedUntil: null }, history));
      }),
      runs(300),
    );
  },
);

it('I1 reads a decimal text as the oracle does, digit by digit', patience, () => {
  const digits = fc.stringMatching(/^[+-]?\d{1,6}(\.\d{1,5})?$/);
  const anyText = fc.oneof(
    { weight: 9, arbitrary: digits },
    fc.constantFrom('', '1,5', '1e3', ' 2', '.5', 'x'),
  );
  fc.assert(
    fc.property(anyText, fc.constantFrom(1, 60, 900, 3600, 7), (text, secondsPerUnit) => {
      const parsed = toSeconds(text, secondsPerUnit);
      expect(parsed.ok ? parsed.seconds : null).toBe(secondsOfText(text.trim(), secondsPerUnit));
    }),
    runs(1_000),
  );
});
