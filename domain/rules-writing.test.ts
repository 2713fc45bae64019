import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  decideFirst,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  stepOf,
} from './books.test-support.js';
import { clockText } from './clock-text.js';
import { reconcile } from './reconcile.js';
import {
  addDays,
  atLocalTime,
  localTime,
  repeatedHour,
  sameInstant,
  toInstant,
  zoneDay,
  zoneDayAt,
} from './zone.js';
import { agreed, exported, lead, linked, longer } from './usual-case.test-support.js';

const shorter = { ...lead, seconds: 900 };

describe('where a row lies', () => {
  const strict = (allowsFuture: boolean) => bridge({}, { target: { allowsFuture, allowsOverlap: false } });
  const taken = (id: number, begin: string, seconds: number) =>
    row(id, { begin, seconds, description: 'fremd', projectId: 'p0', userId: 'k4' });
  const beginOf = (...rows: Parameters<typeof taken>[]) => {
    const given = input({
      entries: [lead],
      rows: rows.map((one) => taken(...one)),
      bridge: bridge({ fuzzyThreshold: 1 }, { target: { allowsFuture: true, allowsOverlap: false } }),
    });
    return stepOf(reconcile(given), 'create').desired.begin;
  };

  it('I26 touching rows do not overlap; one minute does and moves it behind the row', () => {
    expect(beginOf([7, '2026-11-20T09:00:00Z', 1800], [8, '2026-11-20T10:00:00Z', 1800])).toBe(
      '2026-11-20T10:30:00',
    );
    expect(beginOf([7, '2026-11-20T09:01:00Z', 1800])).toBe('2026-11-20T10:31:00');
    expect(beginOf([7, '2026-11-20T09:59:00Z', 1800])).toBe('2026-11-20T11:29:00');
    expect(beginOf([7, '2026-11-20T09:00:00Z', 1830])).toBe('2026-11-20T10:31:00');
    expect(beginOf([7, '2026-11-20T09:30:00Z', 1800], [8, '2026-11-20T10:15:00Z', 1800])).toBe(
      '2026-11-20T11:45:00',
    );
  });

  it('I26 a day that is full behind the booking takes an earlier place, a full day is asked', () => {
    expect(beginOf([7, '2026-11-20T09:30:00Z', 48_600])).toBe('2026-11-20T00:00:00');
    const full = input({
      entries: [lead],
      rows: [taken(7, '2026-11-19T23:00:00Z', 86_400)],
      bridge: bridge({ fuzzyThreshold: 1 }, { target: { allowsFuture: true, allowsOverlap: false } }),
    });
    expect(asks(reconcile(full))[0]?.facts).toMatchObject({
      kind: 'rejected',
      why: { code: 'no_free_place' },
    });
    const running = { ...taken(7, '2026-11-19T22:00:00Z', 60), end: null };
    expect(kinds(reconcile({ ...full, rows: [running] }))).toEqual(['ask rejected']);
    expect(kinds(reconcile({ ...full, rows: [{ ...running, deletedAt: '2026-11-20T00:00:00Z' }] }))).toEqual([
      'create',
    ]);
    expect(kinds(reconcile({ ...full, rows: [{ ...running, userId: 'k9' }] }))).toEqual(['create']);
  });

  it('I26 what other tickets use of the day already, or will, is taken too', () => {
    const occupied = [
      { userId: 'k4', beginAt: '2026-11-20T09:30:00Z', endAt: '2026-11-20T10:15:00Z' },
      { userId: 'k9', beginAt: '2026-11-20T10:15:00Z', endAt: '2026-11-20T11:00:00Z' },
    ];
    const begin = (target: { allowsFuture: boolean; allowsOverlap: boolean }) =>
      stepOf(
        reconcile(input({ entries: [lead], bridge: bridge({}, { target }), rest: { occupied } })),
        'create',
      ).desired.begin;
    expect(begin({ allowsFuture: true, allowsOverlap: false })).toBe('2026-11-20T11:15:00');
    expect(begin({ allowsFuture: true, allowsOverlap: true })).toBe('2026-11-20T10:30:00');
  });

  it('I26 an end at this very moment is past', () => {
    const at = (bookedAt: string) => ({ ...lead, bookedAt, entryDate: '2026-11-23' });
    expect(kinds(reconcile(input({ entries: [at('2026-11-23T12:00:00Z')], bridge: strict(false) })))).toEqual(
      ['create'],
    );
    const late = reconcile(input({ entries: [at('2026-11-23T12:01:00Z')], bridge: strict(false) }));
    expect(stepOf(late, 'wait')).toMatchObject({
      until: '2026-11-23T12:01:00Z',
      entryIds: ['1'],
      why: { code: 'ends_in_future' },
    });
    expect(kinds(reconcile(input({ entries: [at('2026-11-23T12:01:00Z')], bridge: strict(true) })))).toEqual([
      'create',
    ]);
  });

  it('I35 the quiet period ends with its last minute, and what people change in Kimai needs no rest', () => {
    const fresh = (updatedAt: string) => ({ ...lead, updatedAt });
    const quiet = bridge({ quietMinutes: 10 });
    expect(kinds(reconcile(input({ entries: [fresh('2026-11-23T11:50:00Z')], bridge: quiet })))).toEqual([
      'create',
    ]);
    expect(kinds(reconcile(input({ entries: [fresh('2026-11-23T11:50:01Z')], bridge: quiet })))).toEqual([
      'wait',
    ]);
    const edited = input({
      entries: [fresh('2026-11-23T11:59:00Z')],
      links: agreed,
      rows: [marked(5, 1001, { seconds: 3600 })],
      bridge: quiet,
    });
    expect(kinds(reconcile(edited))).toEqual(['ask target_changed']);
  });

  it('I25 clocks and days of a zone, around both changes', () => {
    expect(zoneDay('2026-03-29', 'Europe/Berlin')).toMatchObject({
      offsetMs: 3_600_000,
      change: { offsetMs: 7_200_000 },
    });
    expect(zoneDay('2026-11-20', 'Europe/Berlin').change).toBeNull();
    expect(repeatedHour(zoneDay('2026-03-29', 'Europe/Berlin'))).toBeNull();
    const autumn = repeatedHour(zoneDay('2026-10-25', 'Europe/Berlin'));
    expect([toInstant(autumn?.fromMs ?? 0), toInstant(autumn?.toMs ?? 0)]).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T02:00:00Z',
    ]);
    const ms = (text: string) => Date.parse(text);
    expect(localTime(ms('2026-03-29T00:59:59Z'), 'Europe/Berlin')).toBe('2026-03-29T01:59:59');
    expect(localTime(ms('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:00:00');
    expect(zoneDayAt(ms('2026-11-19T23:00:00Z'), 'Europe/Berlin').day).toBe('2026-11-20');
    expect(zoneDayAt(ms('2026-11-20T04:59:59Z'), 'America/New_York').day).toBe('2026-11-19');
    expect(toInstant(atLocalTime('2026-03-29', '02:30', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00Z');
    expect(toInstant(ms('2026-11-20T10:00:00.250Z'))).toBe('2026-11-20T10:00:00.250Z');
    expect([addDays('2026-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']);
    expect(clockText(ms('1969-12-31T23:59:58Z'))).toBe('23:59:58');
    expect(sameInstant('2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z')).toBe(true);
    expect(sameInstant('2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z')).toBe(false);
    expect(() => zoneDay('2026-11-20', 'Nowhere/Land')).toThrow(RangeError);
  });
});

describe('rows that must not be touched', () => {
  const open = { closedUntil: '2026-11-20' };

  it.each([
    ['exported', exported, {}, 'locked_row_exported'],
    ['unreadable', { ...linked, unreadable: 'x' }, {}, 'locked_row_unreadable'],
    ['running', { ...linked, end: null }, {}, 'locked_row_running'],
    ['on a closed day', linked, open, 'locked_day_closed'],
  ])('I28 a row that is %s is asked about instead', (_name, now, rest, code) => {
    const plan = reconcile(
      input({ entries: [longer], links: [link(lead, [now])], rows: [now], bridge: bridge({}, rest) }),
    );
    expect(asks(plan)[0]?.facts).toMatchObject({
      kind: 'locked',
      secondsAtStake: 900,
      why: { code, facts: { differenceSeconds: 900, sourceSeconds: 2700, targetSeconds: 1800 } },
    });
  });

  it('I28 the last closed day is closed, the next is open', () => {
    const at = (closedUntil: string) =>
      kinds(reconcile(input({ entries: [lead], bridge: bridge({}, { closedUntil }) })));
    expect(at('2026-11-20')).toEqual(['ask locked']);
    expect(at('2026-11-19')).toEqual(['create']);
  });

  it('I29 more is booked today, or on the first day that is not closed, at the start of the day', () => {
    const given = (closedUntil: string | null) =>
      input({
        entries: [longer],
        links: agreed,
        rows: [exported],
        bridge: bridge({ dayStart: '09:15' }, { closedUntil }),
      });
    const { desired, role, sequence } = stepOf(decideFirst(given(null), 'book_correction'), 'create');
    expect({ role, sequence }).toEqual({ role: 'correction', sequence: 2 });
    expect(desired).toMatchObject({
      begin: '2026-11-23T09:15:00',
      end: '2026-11-23T09:30:00',
      projectId: 'p7',
    });
    expect(stepOf(decideFirst(given('2026-11-23'), 'book_correction'), 'create').desired.day).toBe(
      '2026-11-24',
    );
    expect(stepOf(decideFirst(given('2026-11-22'), 'book_correction'), 'create').desired.day).toBe(
      '2026-11-23',
    );
  });

  it('I29 a new entry of a closed day becomes a main row of the open period', () => {
    const given = input({ entries: [lead], bridge: bridge({}, { closedUntil: '2026-11-20' }) });
    expect(asks(reconcile(given))[0]?.facts.why).toMatchObject({
      code: 'new_on_closed_day',
      facts: { rowDay: '2026-11-20', closedUntilDay: '2026-11-20', sourceSeconds: 1800 },
    });
    expect(stepOf(decideFirst(given, 'book_correction'), 'create')).toMatchObject({
      role: 'main',
      sequence: 1,
      marker: '[tb-x1-1001]',
      desired: { day: '2026-11-23', seconds: 1800 },
    });
    expect(stepOf(decideFirst(given, 'credit_outside'), 'adopt')).toMatchObject({
      rows: [],
      acceptedSeconds: -1800,
    });
  });

  it('I29 an open correction row takes the difference before a locked main row stands in the way', () => {
    const more = marked(6, 1001, {
      description: 'x [tb-x1-1001-2]',
      seconds: 600,
      begin: '2026-11-20T12:00:00Z',
    });
    const both = entry(1, { seconds: 2400 });
    const links = [link(both, [linked, more])];
    const given = (seconds: number) =>
      input({ entries: [{ ...both, seconds }], links, rows: [exported, more] });
    expect(stepOf(reconcile(given(2700)), 'update')).toMatchObject({
      row: { externalId: '6' },
      desired: { seconds: 900 },
    });
    expect(stepOf(reconcile(given(1800)), 'delete')).toMatchObject({
      row: { externalId: '6' },
      closes: false,
    });
    expect(asks(reconcile(given(1200)))[0]?.facts).toMatchObject({ kind: 'locked', secondsAtStake: -1200 });
    const openRows = input({ entries: [{ ...both, seconds: 1200 }], links, rows: [linked, more] });
    expect([...kinds(reconcile(openRows))].sort()).toEqual(['delete', 'update']);
    const tiny = input({ entries: [{ ...both, seconds: 20 }], links, rows: [linked, more] });
    expect(stepOf(reconcile(tiny), 'update').desired.seconds).toBe(60);
  });

  it('I29 less is taken from open rows of the same customer, newest first, that stay at least a minute long', () => {
    const other = (id: number, seconds: number, rest: Parameters<typeof marked>[2] = {}) => {
      const one = entry(id, { seconds, ticketId: `${60 + id}`, bookedAt: `2026-11-1${id}T10:00:00Z` });
      const its = marked(10 + id, 1000 + id, { seconds, begin: `2026-11-1${id}T09:00:00Z`, ...rest });
      return { one, its, tied: link(one, [its]) };
    };
    const others = [
      other(2, 1800),
      other(3, 960),
      other(4, 959),
      other(5, 3600, { projectId: 'p8' }),
      other(6, 3600, { exported: true }),
    ];
    const given = input({
      entries: [shorter, ...others.map(({ one }) => one)],
      links: [...agreed, ...others.map(({ tied }) => tied)],
      rows: [exported, ...others.map(({ its }) => its)],
    });
    const facts = asks(reconcile(given))[0]?.facts;
    const deducts = facts?.choices.filter(({ choice }) => choice === 'deduct');
    expect(deducts?.map(({ targetId, blocked }) => [targetId, blocked])).toEqual([
      ['13', null],
      ['12', null],
    ]);
    expect(deducts?.[0]?.effect).toEqual({ code: 'will_deduct', facts: { oldSeconds: 960, newSeconds: 60 } });
    expect(facts?.choices.find(({ choice }) => choice === 'book_correction')?.blocked?.code).toBe(
      'difference_not_positive',
    );
    const plan = decideFirst(given, 'deduct', { targetId: '13' });
    expect(stepOf(plan, 'update')).toMatchObject({
      leadId: '3',
      acceptedSeconds: -900,
      desired: { seconds: 60 },
    });
    expect(kinds(decideFirst(given, 'deduct', { targetId: '99' }))).toContain('ask locked');
  });

  it('I29 less is taken from rows of other tickets too, of the same project, and of nobody else', () => {
    const elsewhere = (id: number, overrides: object = {}) => {
      const one = entry(id, { ticketId: `${id}`, ticketNumber: `6000${id}` });
      const held = marked(20 + id, 1000 + id, { seconds: 3600, ...overrides });
      return { lead: booked(one), link: link(one, [held]), rows: [held] };
    };
    const given = input({
      entries: [shorter],
      links: agreed,
      rows: [exported],
      rest: {
        openElsewhere: [elsewhere(2), elsewhere(3, { projectId: 'p8' }), elsewhere(4, { exported: true })],
      },
    });
    const previews = asks(reconcile(given))[0]?.facts.choices.filter(({ choice }) => choice === 'deduct');
    expect(previews?.map(({ targetId }) => targetId)).toEqual(['22']);
    const step = stepOf(decideFirst(given, 'deduct', { targetId: '22' }), 'update');
    expect(step).toMatchObject({
      leadId: '2',
      linkId: 'L2',
      acceptedSeconds: -900,
      desired: { seconds: 2700 },
    });
    expect(step.members).toEqual([{ entryId: '2', signedSeconds: 1800 }]);
  });
});

describe('changes of what is written', () => {
  it('I27 a break that people entered stays, and so does the begin', () => {
    const paused = marked(5, 1001, { seconds: 1200, breakSeconds: 600, end: '2026-11-20T10:00:00Z' });
    const short = { ...lead, seconds: 1200 };
    const plan = reconcile(
      input({ entries: [{ ...lead, seconds: 1800 }], links: [link(short, [paused])], rows: [paused] }),
    );
    expect(stepOf(plan, 'update')).toMatchObject({
      changes: { end: '2026-11-20T11:10:00' },
      desired: { begin: '2026-11-20T10:30:00', seconds: 1800 },
    });
  });

  it('I27 restoring another day places the row anew, and a row of its own project keeps it', () => {
    const moved = marked(5, 1001, { begin: '2026-11-19T08:00:00Z', projectId: 'p8' });
    const given = input({ entries: [lead], links: agreed, rows: [moved] });
    expect(stepOf(decideFirst(given, 'take_source'), 'update').changes).toEqual({
      projectId: 'p7',
      begin: '2026-11-20T10:30:00',
      end: '2026-11-20T11:00:00',
    });
    const onlyDay = decideFirst(given, 'per_field', { fields: { day: 'source', projectId: 'target' } });
    expect(stepOf(onlyDay, 'update')).toMatchObject({ desired: { projectId: 'p8', day: '2026-11-20' } });
    const onlyProject = decideFirst(given, 'per_field', { fields: { projectId: 'source' } });
    expect(stepOf(onlyProject, 'update').changes).toEqual({ projectId: 'p7' });
    const closed = { ...given, bridge: bridge({}, { closedUntil: '2026-11-18' }) };
    expect(kinds(decideFirst(closed, 'take_source'))).toEqual(['update']);
    const shut = { ...given, bridge: bridge({}, { closedUntil: '2026-11-20' }) };
    const preview = asks(reconcile(shut))[0]?.facts.choices.find(({ choice }) => choice === 'take_source');
    expect(preview?.blocked?.code).toBe('day_closed');
  });

  it('I27 an entry on another ticket of the same customer gets the new line', () => {
    const elsewhere = { ...lead, ticketId: '51', ticketNumber: '50013', ticketTitle: 'Maus', seconds: 2700 };
    const step = stepOf(reconcile(input({ entries: [elsewhere], links: agreed, rows: [linked] })), 'update');
    expect(step.changes).toEqual({ end: '2026-11-20T11:15:00', description: '#50013 Maus [tb-x1-1001]' });
  });

  it('I13 what was accepted stays when something else is taken from Zammad, and goes with the time', () => {
    const accepted = [link(lead, [marked(5, 1001, { seconds: 3600 })], { acceptedSeconds: 1800 })];
    const rows = [marked(5, 1001, { seconds: 3600 })];
    const retyped = reconcile(input({ entries: [{ ...lead, activityTypeId: '5' }], links: accepted, rows }));
    expect(stepOf(retyped, 'update')).toMatchObject({ acceptedSeconds: 1800, changes: { activityId: 'a5' } });
    const timed = reconcile(input({ entries: [longer], links: accepted, rows }));
    expect(stepOf(timed, 'update')).toMatchObject({ acceptedSeconds: 0, desired: { seconds: 2700 } });
    const both = input({ entries: [{ ...longer, activityTypeId: '5' }], links: agreed, rows });
    const kept = decideFirst(both, 'per_field', { fields: { activityId: 'source', seconds: 'target' } });
    expect(stepOf(kept, 'update')).toMatchObject({ acceptedSeconds: 900, changes: { activityId: 'a5' } });
  });
});
