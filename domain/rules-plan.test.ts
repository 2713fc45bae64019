import { describe, expect, it } from 'vitest';
import {
  asks,
  bridge,
  decideFirst,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { CHOICES_BY_KIND, CONFLICT_KINDS } from './conflict.js';
import { validateDecision } from './decide.js';
import { guardLimits, runGuardFacts } from './guards.js';
import { DEFAULT_POLICIES, POLICY_VALUES } from './policies.js';
import { reconcile } from './reconcile.js';
import type { TimeEntry } from './time-entry.js';
import { at } from './usual-case.test-support.js';

const NOW_SEEN = '2026-11-20T10:00:00Z';
const fail = (): never => {
  throw new Error('nothing is asked');
};

const sorted = ({
  activityId,
  begin,
  description,
  end,
  projectId,
  userId,
}: Readonly<Record<string, unknown>>) => ({
  activityId,
  begin,
  description,
  end,
  projectId,
  userId,
});

describe('guards', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => entry(index + 1, { ticketId: `${index}` }));
  const rowsOf = (entries: readonly TimeEntry[]) =>
    entries.map((_, index) => marked(500 + index, 1001 + index));
  const linksOf = (entries: readonly TimeEntry[]) => {
    const rows = rowsOf(entries);
    return entries.map((one, index) => link(one, rows.slice(index, index + 1)));
  };
  const DELETED_AT = '2026-11-21T00:00:00Z';

  it('I20 fifty updates pass, one more is held until an admin says so or drops it', () => {
    const edit = (count: number) => {
      const entries = many(count);
      const edited = entries.map((one) => ({ ...one, seconds: 2700 }));
      return input({ entries: edited, links: linksOf(entries), rows: rowsOf(entries) });
    };
    expect(reconcile(edit(50)).steps.every(({ kind }) => kind === 'update')).toBe(true);
    const held = reconcile(edit(51));
    expect(asks(held)).toMatchObject([
      {
        leadId: '1',
        facts: {
          subject: 'guard:updates',
          why: { code: 'guard_updates', facts: { stepCount: 51, linkCount: 51, limit: 50 } },
          choices: [{ choice: 'go_ahead', effect: { facts: { stepCount: 51 } } }, { choice: 'drop' }],
        },
      },
    ]);
    expect(held.steps).toHaveLength(1);
    expect(new Set(Object.values(statesOf(held)))).toEqual(new Set(['waiting']));
    expect(held.outcomes[0]?.subjects).toEqual(['guard:updates']);
    expect(decideFirst(edit(51), 'go_ahead').steps.filter(({ kind }) => kind === 'update')).toHaveLength(51);
    const dropped = decideFirst(edit(51), 'drop');
    expect(dropped.steps.every(({ kind }) => kind === 'skip')).toBe(true);
    expect(dropped.steps[0]).toMatchObject({ entryIds: ['1'], by: { decisionId: 'd1' } });
    expect(statesOf(dropped)['51']).toBe('skipped');
    const other = { ...edit(52), decisions: [decisionOn(asks(held)[0] ?? fail(), 'go_ahead')] };
    expect(kinds(reconcile(other))).toEqual(['ask guard']);
  });

  it('I20 ten deletions pass, one more is held; both sides and reports count alike', () => {
    const given = (count: number, policy: 'ask' | 'delete', side: 'source' | 'target') => {
      const entries = many(count);
      const gone = entries.map((one) => (side === 'source' ? { ...one, deletedAt: DELETED_AT } : one));
      const rows = rowsOf(entries).map((one) =>
        side === 'target' ? { ...one, deletedAt: DELETED_AT } : one,
      );
      return input({
        entries: gone,
        links: linksOf(entries),
        rows,
        bridge: bridge({ sourceDeletions: policy }),
      });
    };
    expect(reconcile(given(10, 'delete', 'source')).steps).toHaveLength(10);
    expect(kinds(reconcile(given(11, 'delete', 'source')))).toEqual(['ask guard']);
    expect(kinds(reconcile(given(11, 'ask', 'source')))).toEqual(['ask guard']);
    expect(asks(reconcile(given(11, 'ask', 'target')))[0]?.facts.why).toEqual({
      code: 'guard_deletes',
      facts: { stepCount: 11, linkCount: 11, limit: 10 },
    });
    expect(reconcile({ ...given(11, 'delete', 'source'), linksOfBridge: 1100 }).steps).toHaveLength(11);
    expect(kinds(reconcile({ ...given(11, 'delete', 'source'), linksOfBridge: 1099 }))).toEqual([
      'ask guard',
    ]);
  });

  it('I20 the limits grow with the bridge', () => {
    expect(guardLimits(100)).toEqual({ updates: 50, deletes: 10 });
    expect(guardLimits(10_000)).toEqual({ updates: 500, deletes: 100 });
    expect(
      runGuardFacts({ guarded: 'deletes', runId: '7', stepCount: 30, linkCount: 1050, hash: (text) => text }),
    ).toMatchObject({
      kind: 'guard',
      subject: 'guard:run:7:deletes',
      why: { code: 'guard_deletes', facts: { stepCount: 30, linkCount: 1050, limit: 10 } },
      version: '{"stepCount":30,"subject":"guard:run:7:deletes"}',
    });
  });

  it('I20 a linked row with the marker of another entry stops every write, and nothing else', () => {
    const one = entry(1);
    const foreign = marked(5, 9999);
    const given = input({ entries: [one, entry(2)], links: [link(one, [marked(5, 1001)])], rows: [foreign] });
    const plan = reconcile(given);
    expect(asks(plan).map(({ facts }) => facts.subject)).toContain('guard:restored');
    expect(asks(plan).find(({ facts }) => facts.kind === 'guard')?.facts.why.facts).toEqual({
      entryCount: 0,
      rowCount: 1,
    });
    expect(plan.steps.some(({ kind }) => kind === 'create')).toBe(false);
    for (const description of ['[tb-y2-1001] [tb-x1-1001]', '[tb-x1-1001-2]', 'ohne', null]) {
      const fine = reconcile({ ...given, rows: [marked(5, 1001, { description })] });
      expect(fine.steps.some(({ kind }) => kind === 'create')).toBe(true);
    }
  });

  it('I20 the same instant written otherwise is no other booking', () => {
    const one = entry(1, { bookedAt: '2026-11-20T10:00:00.000Z' });
    const frozen = { userId: '4', bookedAt: '2026-11-20T10:00:00Z', entryDate: '2026-11-20' };
    expect(
      kinds(reconcile(input({ entries: [{ entry: one, frozen, firstSeenAt: NOW_SEEN, state: null }] }))),
    ).toEqual(['create']);
  });
});

describe('policies and choices', () => {
  it('I23 the first value of each policy is its default', () => {
    for (const [name, values] of Object.entries(POLICY_VALUES)) {
      expect(Object.entries(DEFAULT_POLICIES)).toContainEqual([name, values[0]]);
    }
  });

  it('I24 every kind offers at least two decisions, and a preview for each', () => {
    expect(Object.keys(CHOICES_BY_KIND).sort()).toEqual([...CONFLICT_KINDS].sort());
    for (const kind of CONFLICT_KINDS) expect(CHOICES_BY_KIND[kind].length).toBeGreaterThanOrEqual(2);
    const [asked] = asks(reconcile(input({ entries: [entry(1)], bridge: bridge({ newEntries: 'ask' }) })));
    expect(asked?.facts.choices).toMatchObject([
      {
        choice: 'create',
        targetId: null,
        blocked: null,
        effect: {
          code: 'will_create',
          facts: { newSeconds: 1800, rowDay: '2026-11-20', beginAt: '2026-11-20T09:30:00Z' },
        },
        desired: { seconds: 1800 },
      },
      { choice: 'link', blocked: { code: 'choose_a_candidate' }, desired: null },
      { choice: 'skip', blocked: null, effect: { code: 'will_change_nothing' } },
    ]);
  });

  it('I24 what a person sends is checked against what was shown', () => {
    const gapFacts =
      asks(reconcile(input({ entries: [entry(1, { activityTypeId: '99' })] })))[0]?.facts ?? fail();
    expect(validateDecision(gapFacts, 'map', {})?.code).toBe('choose_a_target');
    expect(validateDecision(gapFacts, 'map', { targetId: 'a1' })).toBeNull();
    const mismatch =
      asks(
        reconcile(
          input({
            entries: [entry(1, { seconds: 2700 })],
            links: [link(entry(1), [marked(5, 1001)])],
            rows: [marked(5, 1001, { seconds: 3600 })],
          }),
        ),
      )[0]?.facts ?? fail();
    expect(validateDecision(mismatch, 'per_field', {})).toEqual({
      code: 'choose_fields',
      facts: { fields: ['seconds'] },
    });
    expect(validateDecision(mismatch, 'per_field', { fields: { day: 'source' } })).toEqual({
      code: 'field_not_differing',
      facts: { fields: ['day'] },
    });
    expect(validateDecision(mismatch, 'per_field', { fields: { seconds: 'source' } })).toBeNull();
    const two =
      asks(reconcile(input({ entries: [entry(1)], rows: [row(5), row(6, { begin: at(12) })] })))[0]?.facts ??
      fail();
    expect(validateDecision(two, 'link_one', {})?.code).toBe('choose_a_candidate');
    expect(validateDecision(two, 'link_one', { targetId: '77' })?.code).toBe('choose_a_candidate');
    expect(validateDecision(two, 'link_one', { targetId: '6' })).toBeNull();
  });

  it.each([
    [{}, 'edit_something'],
    [{ seconds: 90 }, 'whole_minutes_only', { newSeconds: 90 }],
    [{ seconds: 0 }, 'whole_minutes_only'],
    [{ seconds: 60.5 }, 'whole_minutes_only'],
    [{ seconds: 86_460 }, 'longer_than_a_day', { newSeconds: 86_460 }],
    [{ seconds: 86_400 }, null],
    [{ begin: '24:00' }, 'not_a_time', { begin: '24:00' }],
    [{ begin: 'um 09:00' }, 'not_a_time'],
    [{ begin: '9:00' }, 'not_a_time'],
    [{ begin: '23:59' }, null],
    [{ begin: '2026-11-20T09:00:00' }, null],
    [{ begin: '2026-11-20T09:00Z' }, 'not_a_time'],
    [{ projectId: '' }, 'choose_a_target'],
    [{ projectId: 'p1' }, null],
  ])('I24 an edit %j is answered with %s', (edit, expected, told = undefined) => {
    const sent = { code: 'overlap', quoted: ['x'], sent: '', at: NOW_SEEN };
    const create = stepOf(reconcile(input({ entries: [entry(1)] })), 'create');
    const key = (step: typeof create) => step.desired;
    const refusals = { 'lead:1': { ...sent, sent: JSON.stringify(sorted(key(create))) } };
    const facts = asks(reconcile(input({ entries: [entry(1)], rest: { refusals } })))[0]?.facts ?? fail();
    expect(facts.kind).toBe('rejected');
    const answer = validateDecision(facts, 'edit_and_retry', { edit });
    expect(answer?.code ?? null).toBe(expected);
    if (told !== undefined) expect(answer?.facts).toEqual(told);
  });
});
