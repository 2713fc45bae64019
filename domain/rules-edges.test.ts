import { describe, expect, it } from 'vitest';
import {
  asks,
  bridge,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  stepOf,
} from './books.test-support.js';
import { toSeconds } from './duration.js';
import { reconcile } from './reconcile.js';
import { agreed, lead, linked } from './usual-case.test-support.js';

describe('edges of matching', () => {
  it('I16 tickets of one person and day are matched each on its own', () => {
    const other = entry(2, { ticketId: '51', ticketNumber: '50013' });
    const rows = [row(7), row(8, { description: '#50013 anderes' })];
    const plan = reconcile(input({ entries: [lead, other], rows }));
    expect(plan.steps.map((step) => (step.kind === 'adopt' ? step.rows[0]?.externalId : step.kind))).toEqual([
      '7',
      '8',
    ]);
  });

  it('I16 what is left after the pairs is one entry and one row: a mismatch', () => {
    const short = entry(2, { seconds: 600 });
    const rows = [row(7), row(8, { seconds: 900, begin: '2026-11-20T12:00:00Z' })];
    const plan = reconcile(input({ entries: [lead, short], rows }));
    expect([...kinds(plan)].sort()).toEqual(['adopt', 'ask mismatch']);
    expect(asks(plan)[0]?.facts).toMatchObject({ subject: 'lead:2', targetRowId: '8' });
  });

  it('I16 a crowd leaves no mismatch, and two entries with one other row are none either', () => {
    const crowd = reconcile(
      input({
        entries: [lead, entry(2), entry(3, { seconds: 600 })],
        rows: [row(7), row(8, { seconds: 900, begin: '2026-11-20T12:00:00Z' })],
      }),
    );
    expect(asks(crowd).map(({ facts }) => [facts.subject, facts.kind])).toEqual([
      ['lead:1', 'duplicate'],
      ['lead:2', 'duplicate'],
      ['lead:3', 'mismatch'],
    ]);
    const two = reconcile(
      input({ entries: [lead, entry(2, { seconds: 1200 })], rows: [row(7, { seconds: 2400 })] }),
    );
    expect(asks(two).some(({ facts }) => facts.kind === 'mismatch')).toBe(false);
  });

  it('I1 a number may be surrounded by blanks, and a unit is a whole positive number of seconds', () => {
    expect(toSeconds(' 1.5 ', 60)).toEqual({ ok: true, seconds: 90 });
    for (const unit of [0, -60, 0.5])
      expect(toSeconds('1', unit)).toEqual({ ok: false, problem: 'not_a_number' });
    expect(toSeconds('+2', 60)).toEqual({ ok: true, seconds: 120 });
  });
});

describe('edges of linked leads', () => {
  const unmapped = { ...bridge().mappings, activities: {}, customers: {} };

  it('I5 only what changed needs a mapping', () => {
    const poor = bridge({}, { mappings: { ...bridge().mappings, customers: {} } });
    const given = (change: object, rules = poor) =>
      kinds(
        reconcile(input({ entries: [{ ...lead, ...change }], links: agreed, rows: [linked], bridge: rules })),
      );
    expect(given({ activityTypeId: '5' })).toEqual(['update']);
    expect(given({ organizationId: '8' })).toEqual(['ask unmapped_customer']);
    expect(given({ seconds: 2700 }, bridge({}, { mappings: unmapped }))).toEqual(['update']);
  });

  it('I19 an ignored type is skipped where the type is what changed, and of no interest elsewhere', () => {
    const ignoring = bridge(
      {},
      { mappings: { ...bridge().mappings, activities: { '5': { ignored: true } } } },
    );
    const retyped = { ...lead, activityTypeId: '5' };
    const given = (one: typeof lead, base = lead) =>
      kinds(
        reconcile(input({ entries: [one], links: [link(base, [linked])], rows: [linked], bridge: ignoring })),
      );
    expect(given(retyped)).toEqual(['skip']);
    expect(given({ ...retyped, seconds: 2700 }, retyped)).toEqual(['update']);
  });

  it('I24 says which fields moved, and on which side', () => {
    const fieldsOf = (one: typeof lead, now: typeof linked) => {
      const asking = bridge({ sourceEdits: 'ask' });
      const plan = reconcile(input({ entries: [one], links: agreed, rows: [now], bridge: asking }));
      return asks(plan)[0]?.facts.why;
    };
    expect(fieldsOf({ ...lead, seconds: 2700 }, linked)).toMatchObject({
      code: 'source_changed',
      facts: { fields: ['seconds'], baseSeconds: 1800, sourceSeconds: 2700, targetSeconds: 1800 },
    });
    expect(fieldsOf({ ...lead, seconds: 2700 }, { ...linked, activityId: 'a5' })).toMatchObject({
      code: 'both_changed',
      facts: { fields: ['seconds', 'activityId'] },
    });
    expect(fieldsOf(lead, { ...linked, projectId: 'p8' })?.facts['fields']).toEqual(['projectId']);
  });

  it('I11 net zero that a person made is asked before a row is deleted, where the policy asks', () => {
    const asking = bridge({ corrections: 'ask' });
    const minus = entry(2, { seconds: -1800, bookedAt: '2026-11-20T11:00:00Z' });
    const before = input({ entries: [lead, minus], links: agreed, rows: [linked], bridge: asking });
    const [asked] = asks(reconcile(before));
    if (!asked) throw new Error('nothing is asked');
    const after = reconcile({ ...before, decisions: [decisionOn(asked, 'apply_to', { targetId: '1' })] });
    expect(asks(after).map(({ facts }) => facts.kind)).toEqual(['source_deleted']);
  });

  it('I24 of several rows only the lost one is named', () => {
    const more = marked(6, 1001, {
      description: 'x [tb-x1-1001-2]',
      seconds: 600,
      begin: '2026-11-20T12:00:00Z',
    });
    const both = entry(1, { seconds: 2400 });
    const rows = [linked, { ...more, deletedAt: '2026-11-21T00:00:00Z' }];
    const facts = asks(reconcile(input({ entries: [both], links: [link(both, [linked, more])], rows })))[0]
      ?.facts;
    expect(facts?.why.facts).toMatchObject({ timesheetIds: ['6'], targetSeconds: 600, sourceSeconds: 2400 });
  });

  it('I35 time that comes back after net zero rests as well', () => {
    const empty = link(lead, [], { members: [] });
    const fresh = { ...lead, updatedAt: '2026-11-23T11:59:00Z' };
    const plan = reconcile(input({ entries: [fresh], links: [empty], bridge: bridge({ quietMinutes: 10 }) }));
    expect(stepOf(plan, 'wait').why.facts).toMatchObject({ sourceSeconds: 1800, ticketNumber: '50012' });
  });
});
