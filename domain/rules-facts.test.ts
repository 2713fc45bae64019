import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
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
import { entryDate, monthOf } from './entry-date.js';
import { sumsByMonth } from './month-sums.js';
import { reconcile } from './reconcile.js';
import { agreed, DELETED_AT, lead, linked } from './usual-case.test-support.js';

describe('facts of the source', () => {
  it('I2 the day is that of the zone, on both sides of midnight and of the year', () => {
    expect(entryDate('2026-11-19T22:59:59Z', 'Europe/Berlin')).toBe('2026-11-19');
    expect(entryDate('2026-11-19T23:00:00Z', 'Europe/Berlin')).toBe('2026-11-20');
    expect(entryDate('2026-06-19T22:00:00Z', 'Europe/Berlin')).toBe('2026-06-20');
    expect(entryDate('2026-01-01T04:59:59Z', 'America/New_York')).toBe('2025-12-31');
    expect(monthOf('2025-12-31')).toBe('2025-12');
  });

  it('I3 the first day of the start is in, the day before is only staged', () => {
    const entries = [
      entry(1, { bookedAt: '2025-12-31T22:59:00Z' }),
      entry(2, { bookedAt: '2025-12-31T23:00:00Z', ticketId: '51' }),
    ];
    const plan = reconcile(input({ entries, rest: { firstRun: true } }));
    expect(statesOf(plan)).toEqual({ 1: 'before_start', 2: 'pending' });
    expect(plan.steps.map((step) => step.leadId)).toEqual(['2']);
    expect(plan.outcomes[0]?.why.code).toBe('before_start');
  });

  it('I4 35 days are not yet old; a second more is asked, but not what was staged before the confirmation', () => {
    const seen = (firstSeenAt: string) =>
      booked(entry(1, { bookedAt: '2026-10-01T10:00:00Z' }), { firstSeenAt });
    const justYoung = seen('2026-11-05T10:00:00Z');
    const justOld = seen('2026-11-05T10:00:01Z');
    expect(kinds(reconcile(input({ entries: [justYoung] })))).toEqual(['create']);
    expect(kinds(reconcile(input({ entries: [justOld] })))).toEqual(['ask missing']);
    expect(asks(reconcile(input({ entries: [justOld] })))[0]?.facts.why.code).toBe('missing_old');
    const at = (firstRunConfirmedAt: string) => input({ entries: [justOld], rest: { firstRunConfirmedAt } });
    expect(kinds(reconcile(at('2026-11-05T10:00:01Z')))).toEqual(['create']);
    expect(kinds(reconcile(at('2026-11-05T10:00:00Z')))).toEqual(['ask missing']);
  });

  it('I5 titles, names and a deleted agent change nothing; person and booking time are frozen', () => {
    const renamed = booked({
      ...lead,
      ticketTitle: 'Neu',
      userName: 'Gelöscht',
      userId: '1',
      description: 'x',
    });
    expect(kinds(reconcile(input({ entries: [renamed], links: agreed, rows: [linked] })))).toEqual([
      'in_sync',
    ]);
  });

  it('I5 a change of type or customer writes just that field, and an unknown type waits behind its gap', () => {
    const retyped = reconcile(
      input({ entries: [{ ...lead, activityTypeId: '5' }], links: agreed, rows: [linked] }),
    );
    expect(stepOf(retyped, 'update').changes).toEqual({ activityId: 'a5' });
    expect(stepOf(retyped, 'update').sourceBase.activityTypeId).toBe('5');
    const unknown = { ...lead, activityTypeId: '99' };
    const waiting = reconcile(input({ entries: [unknown], links: agreed, rows: [linked] }));
    expect(asks(waiting).map(({ facts }) => facts.subject)).toEqual(['gap:unmapped_activity:99']);
  });

  it('I5 a change of type that is mapped alike writes nothing and is remembered', () => {
    const alike = bridge(
      {},
      {
        mappings: {
          activities: { '3': { targetId: 'a3' }, '6': { targetId: 'a3' } },
          users: { '4': { targetId: 'k4' } },
          customers: {},
        },
      },
    );
    const plan = reconcile(
      input({ entries: [{ ...lead, activityTypeId: '6' }], links: agreed, rows: [linked], bridge: alike }),
    );
    // The customer has no mapping (any more): it did not change, so it is not needed.
    expect(kinds(plan)).toEqual(['accept']);
    expect(stepOf(plan, 'accept').why.code).toBe('facts_noted');
  });

  it('I6 the time of a merged ticket stays on it and is written', () => {
    const merged = { ...lead, ticketMerged: true };
    expect(kinds(reconcile(input({ entries: [merged] })))).toEqual(['create']);
    expect(kinds(reconcile(input({ entries: [merged], links: agreed, rows: [linked] })))).toEqual([
      'in_sync',
    ]);
  });

  it('I8 a changed mapping or template changes no row that is written', () => {
    const remapped = bridge(
      { descriptionTemplate: '{ticket.title}', tags: ['neu'], billableByActivity: { a9: true } },
      {
        mappings: {
          activities: { '3': { targetId: 'a9' } },
          users: { '4': { targetId: 'k9' } },
          customers: { 'organization:7': { targetId: 'p9' } },
        },
      },
    );
    expect(
      kinds(reconcile(input({ entries: [lead], links: agreed, rows: [linked], bridge: remapped }))),
    ).toEqual(['in_sync']);
    const { desired } = stepOf(reconcile(input({ entries: [lead], bridge: remapped })), 'create');
    expect(desired).toMatchObject({
      userId: 'k9',
      projectId: 'p9',
      activityId: 'a9',
      tags: ['neu'],
      billable: true,
      description: 'Drucker druckt nicht [tb-x1-1001]',
    });
  });

  it('I37 what does not parse is asked about, is counted, and stops nothing else', () => {
    const entries = [entry(1, { seconds: null, unreadable: 'not_a_number', unitText: '1,5' }), entry(2)];
    const given = input({ entries });
    const plan = reconcile(given);
    expect([...kinds(plan)].sort()).toEqual(['ask unreadable', 'create']);
    expect(statesOf(plan)).toEqual({ 1: 'waiting', 2: 'pending' });
    expect(asks(plan)[0]?.facts).toMatchObject({
      subject: 'lead:1',
      entryIds: ['1'],
      why: { code: 'unreadable', facts: { problem: 'not_a_number', unitText: '1,5' } },
    });
    expect(asks(plan)[0]?.facts.choices.map(({ choice }) => choice)).toEqual(['retry', 'skip']);
    const skipped = decideFirst(given, 'skip');
    expect(statesOf(skipped)).toEqual({ 1: 'skipped', 2: 'pending' });
    const sums = sumsByMonth({
      ...given,
      startFrom: '2026-01-01',
      outcomes: plan.outcomes,
      openLeads: new Set(),
    });
    expect(sums).toMatchObject([{ month: '2026-11', unreadable: 1, source: 1800, open: -1800, broken: 0 }]);
    const other = input({ entries: [entry(1, { seconds: null, unreadable: 'too_large', unitText: '9e9' })] });
    const [asked] = asks(plan);
    if (!asked) throw new Error('nothing is asked');
    expect(kinds(reconcile({ ...other, decisions: [decisionOn(asked, 'skip')] }))).toEqual([
      'ask unreadable',
    ]);
  });
});

describe('a ticket whose customer has no organization', () => {
  const alone = entry(1, { organizationId: null, organizationName: null });
  const mapped = bridge(
    {},
    {
      mappings: {
        ...bridge().mappings,
        customers: { 'customer:9': { targetId: 'p7' }, 'customer:12': { targetId: 'p12' } },
      },
    },
  );
  const base = { seconds: 1800, activityTypeId: '3', ticketId: '50', organizationId: null };
  const held = (ticketCustomerId: string) =>
    link(alone, [marked(5, 1001)], { sourceBase: { ...base, ticketCustomerId } });
  const after = (overrides: object, links = [held('9')]) =>
    reconcile(
      input({ entries: [{ ...alone, ...overrides }], links, rows: [marked(5, 1001)], bridge: mapped }),
    );

  it('I7 is asked once when the ticket is given to another customer, and books it on that one', () => {
    const plan = after({ ticketCustomerId: '12', ticketCustomerName: 'Ole Nord' });
    expect(asks(plan)[0]?.facts.why.code).toBe('ticket_moved');
    const given = input({
      entries: [{ ...alone, ticketCustomerId: '12' }],
      links: [held('9')],
      rows: [marked(5, 1001)],
      bridge: mapped,
    });
    expect(stepOf(decideFirst(given, 'take_source'), 'update').changes).toEqual({ projectId: 'p12' });
  });

  it('I19 waits behind the gap where that customer is not mapped', () => {
    expect(kinds(after({ ticketCustomerId: '77' }))).toEqual(['ask unmapped_customer']);
  });

  it('I5 another contact of the same organization changes nothing', () => {
    const known = entry(1);
    const links = [link(known, [marked(5, 1001)])];
    const plan = reconcile(
      input({ entries: [{ ...known, ticketCustomerId: '12' }], links, rows: [marked(5, 1001)] }),
    );
    expect(kinds(plan)).toEqual(['in_sync']);
  });

  it('I5 an agreement that did not keep the customer yet is not taken for a change', () => {
    expect(kinds(after({}, [link(alone, [marked(5, 1001)], { sourceBase: base })]))).toEqual(['in_sync']);
  });
});

describe('facts of the target', () => {
  const read = (now: Parameters<typeof marked>[2]) =>
    reconcile(input({ entries: [lead], links: agreed, rows: [marked(5, 1001, now)] }));

  it.each([
    ['the duration', { seconds: 3600 }, ['seconds']],
    ['the day', { begin: '2026-11-19T09:30:00Z' }, ['day']],
    ['the project', { projectId: 'p8' }, ['projectId']],
    ['the activity', { activityId: 'a5' }, ['activityId']],
    ['the person', { userId: 'k5' }, ['userId']],
  ])('I9 %s matters and is asked', (_name, now, fields) => {
    const plan = read(now);
    expect(kinds(plan)).toEqual(['ask target_changed']);
    expect(asks(plan)[0]?.facts.differing).toEqual(fields);
    expect(asks(plan)[0]?.facts.why.facts['fields']).toEqual(fields);
  });

  it.each([
    ['begin and end within the day', { begin: '2026-11-20T08:30:00Z' }],
    ['the end alone', { end: '2026-11-20T10:30:00Z' }],
    ['words', { description: 'anders [tb-x1-1001]' }],
    ['no words at all', { description: null }],
    ['tags', { tags: ['zammad', 'x'] }],
    ['other tags', { tags: ['x'] }],
    ['billable', { billable: false }],
  ])('I9 %s is noted, and neither asked nor undone', (_name, now) => {
    const plan = read(now);
    expect(kinds(plan)).toEqual(['accept']);
    expect(stepOf(plan, 'accept')).toMatchObject({
      why: { code: 'words_noted' },
      acceptedSeconds: 0,
      closes: false,
      linkId: 'L1',
    });
  });

  it('I9 the order of tags, the form of an instant and the rate are no change', () => {
    const two = marked(5, 1001, { tags: ['a', 'b'] });
    const same = {
      ...two,
      tags: ['b', 'a'],
      begin: '2026-11-20T09:30:00.000Z',
      end: '2026-11-20T10:00:00.000Z',
    };
    const plan = reconcile(
      input({ entries: [lead], links: [link(lead, [two])], rows: [{ ...same, rate: 50, exported: true }] }),
    );
    expect(kinds(plan)).toEqual(['in_sync']);
    expect(plan.outcomes[0]?.why.code).toBe('in_agreement');
  });

  it('I13 both moved to the same value: noted, with nothing accepted', () => {
    const plan = reconcile(
      input({
        entries: [{ ...lead, seconds: 3600 }],
        links: agreed,
        rows: [marked(5, 1001, { seconds: 3600 })],
      }),
    );
    expect(stepOf(plan, 'accept')).toMatchObject({ why: { code: 'both_moved_alike' }, acceptedSeconds: 0 });
    expect(stepOf(plan, 'accept').sourceBase.seconds).toBe(3600);
  });

  it('I13 keeping Kimai records the whole difference, less what rounding explains', () => {
    const uneven = entry(1, { seconds: 1790 });
    const rounded = [link(uneven, [linked], { roundingSeconds: 10 })];
    const given = input({ entries: [uneven], links: rounded, rows: [marked(5, 1001, { seconds: 3600 })] });
    expect(stepOf(decideFirst(given, 'keep_target'), 'accept').acceptedSeconds).toBe(1800);
  });

  it('I13 adopting a row that differs records the difference', () => {
    const given = input({ entries: [entry(1, { seconds: 1790 })], rows: [row(5)] });
    expect(stepOf(reconcile(given), 'adopt').acceptedSeconds).toBe(10);
  });

  it('I36 a linked row that was not handed in stays as agreed; a tombstone is asked', () => {
    expect(kinds(reconcile(input({ entries: [lead], links: agreed, rows: [] })))).toEqual(['in_sync']);
    const gone = { ...linked, deletedAt: DELETED_AT };
    const asked = asks(reconcile(input({ entries: [lead], links: agreed, rows: [gone] })))[0]?.facts;
    expect(asked).toMatchObject({ kind: 'target_deleted', secondsAtStake: 1800, target: null });
    expect(asked?.why.facts).toMatchObject({ timesheetIds: ['5'], targetSeconds: 1800 });
  });

  it('I36 a link whose lead was not handed in is left alone', () => {
    const plan = reconcile(input({ entries: [], links: agreed, rows: [linked] }));
    expect(plan.steps).toEqual([]);
    expect(plan.outcomes).toEqual([]);
  });

  it('I36 an unreadable lead leaves its link and row alone', () => {
    const unread = entry(1, { seconds: null, unreadable: 'not_a_number' });
    expect(kinds(reconcile(input({ entries: [unread], links: agreed, rows: [linked] })))).toEqual([
      'ask unreadable',
    ]);
  });
});
