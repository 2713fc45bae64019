import { describe, expect, it } from 'vitest';
import { bridge, decideFirst, entry, input, kinds, link, marked, stepOf } from './books.test-support.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { Timesheet } from './timesheet.js';
import { agreed, factsOf, lead, linked } from './usual-case.test-support.js';

const changedTo = (now: Partial<Timesheet>, was: Partial<Timesheet> = {}): ReconcileInput =>
  input({
    entries: [lead],
    links: [link(lead, [{ ...linked, ...was }])],
    rows: [{ ...linked, ...was, ...now }],
  });

describe('I13 what people change in Kimai', () => {
  it.each<[string, Partial<Timesheet>, readonly string[]]>([
    ['the duration', { seconds: 3600 }, ['seconds']],
    ['the day', { day: '2026-11-19', begin: '2026-11-19T09:30:00Z' }, ['day', 'begin']],
    ['the project', { projectId: 'p8' }, ['projectId']],
    ['the activity', { activityId: 'a5' }, ['activityId']],
    ['the person', { userId: 'k5' }, ['userId']],
  ])('is asked where it matters: %s', (_name, now, [field]) => {
    const asked = factsOf(changedTo(now));
    expect(asked).toMatchObject({ kind: 'target_changed', why: { facts: { fields: [field] } } });
    expect(asked.differing).toContain(field);
  });

  it.each<[string, Partial<Timesheet>, Partial<Timesheet>?]>([
    ['a begin', { begin: '2026-11-20T09:00:00Z' }],
    ['an end', { end: '2026-11-20T10:30:00Z' }],
    ['a word', { description: 'Anderes [tb-x1-1001]' }],
    ['all words', { description: null }],
    ['billable', { billable: false }],
    ['one tag more', { tags: ['zammad', 'b'] }],
    ['one tag less', { tags: [] }],
    ['another tag', { tags: ['kimai'] }],
    ['a timer that was stopped', { end: '2026-11-20T10:00:00Z' }, { end: null }],
  ])('is noted where it does not: %s', (_name, now, was) => {
    const plan = reconcile(changedTo(now, was));
    expect(stepOf(plan, 'accept')).toMatchObject({ why: { code: 'words_noted' }, rows: [now] });
  });

  it.each<[string, Partial<Timesheet>, Partial<Timesheet>?]>([
    ['tags in another order', { tags: ['b', 'a'] }, { tags: ['a', 'b'] }],
    [
      'the same instants written otherwise',
      { begin: '2026-11-20T10:30:00+01:00', end: '2026-11-20T10:00:00.000Z' },
    ],
    ['no words instead of empty ones', { description: null }, { description: '' }],
    ['a timer that still runs', { end: null }, { end: null }],
    ['the rate', { rate: 12 }],
  ])('is nothing where it says the same: %s', (_name, now, was) => {
    expect(kinds(reconcile(changedTo(now, was)))).toEqual(['in_sync']);
  });
});

describe('I7 who is billed', () => {
  const without = { ...lead, organizationId: null, organizationName: null };
  const mappings = {
    ...bridge().mappings,
    customers: {
      'customer:9': { targetId: 'p7' },
      'customer:8': { targetId: 'p8' },
      'organization:7': { targetId: 'p7' },
    },
  };
  const linkOf = (organizationId: string | null, ticketCustomerId?: string) =>
    link(lead, [linked], {
      sourceBase: {
        seconds: 1800,
        activityTypeId: '3',
        ticketId: '50',
        organizationId,
        ...(ticketCustomerId === undefined ? {} : { ticketCustomerId }),
      },
    });
  const given = (one: typeof lead, tied: ReturnType<typeof link>) =>
    input({ entries: [one], links: [tied], rows: [linked], bridge: bridge({}, { mappings }) });

  it('another customer of a ticket without organization is another bill', () => {
    const moved = { ...without, ticketCustomerId: '8' };
    expect(factsOf(given(moved, linkOf(null, '9')))).toMatchObject({
      kind: 'mismatch',
      why: { code: 'ticket_moved' },
      differing: ['projectId'],
    });
  });

  it('the same customer is not, nor another one of the same organization, nor one that nobody wrote down', () => {
    expect(kinds(reconcile(given(without, linkOf(null, '9'))))).toEqual(['in_sync']);
    expect(kinds(reconcile(given({ ...lead, ticketCustomerId: '8' }, linkOf('7', '9'))))).toEqual([
      'in_sync',
    ]);
    expect(kinds(reconcile(given({ ...without, ticketCustomerId: '8' }, linkOf(null))))).toEqual(['in_sync']);
  });
});

describe('I31 what explains a difference that nobody decided', () => {
  it('time that moved within its minute is rounding, and what was accepted before is gone with it', () => {
    const accepted = [link(lead, [linked], { acceptedSeconds: 7, roundingSeconds: -7 })];
    const plan = reconcile(input({ entries: [{ ...lead, seconds: 1790 }], links: accepted, rows: [linked] }));
    expect(stepOf(plan, 'accept')).toMatchObject({
      why: { code: 'facts_noted' },
      acceptedSeconds: 0,
      roundingSeconds: 10,
    });
    const longer = reconcile(input({ entries: [{ ...lead, seconds: 1820 }], links: agreed, rows: [linked] }));
    expect(stepOf(longer, 'accept')).toMatchObject({ acceptedSeconds: 0, roundingSeconds: -20 });
  });

  it('both sides that moved to the same time agree without any', () => {
    const plan = reconcile(
      input({
        entries: [{ ...lead, seconds: 3600 }],
        links: [link(lead, [linked], { roundingSeconds: 5 })],
        rows: [marked(5, 1001, { seconds: 3600 })],
      }),
    );
    expect(stepOf(plan, 'accept')).toMatchObject({
      why: { code: 'both_moved_alike' },
      acceptedSeconds: 0,
      roundingSeconds: 0,
    });
  });

  it('other words change nothing about what was accepted and rounded', () => {
    const tied = [link(lead, [linked], { acceptedSeconds: -5, roundingSeconds: 5 })];
    const plan = reconcile(input({ entries: [lead], links: tied, rows: [{ ...linked, billable: false }] }));
    expect(stepOf(plan, 'accept')).toMatchObject({ acceptedSeconds: -5, roundingSeconds: 5 });
  });

  it('a person who keeps Kimai accepts the rest beside the rounding', () => {
    const tied = [link({ ...lead, seconds: 1790 }, [linked], { roundingSeconds: 10 })];
    const plan = decideFirst(
      input({
        entries: [{ ...lead, seconds: 1790 }],
        links: tied,
        rows: [marked(5, 1001, { seconds: 3600 })],
      }),
      'keep_target',
    );
    expect(stepOf(plan, 'accept')).toMatchObject({ acceptedSeconds: 1800, roundingSeconds: 10 });
  });
});

describe('I27 which rows of an entry with several are written', () => {
  const both = entry(1, { seconds: 2400 });
  const later = { begin: '2026-11-20T12:00:00Z', description: 'x [tb-x1-1001-2]' };
  const second = (rest: Partial<Timesheet> = {}) => marked(6, 1001, { ...later, seconds: 600, ...rest });
  const given = (seconds: number, main: Timesheet, more: Timesheet) =>
    input({ entries: [{ ...both, seconds }], links: [link(both, [main, more])], rows: [main, more] });
  const exported = { exported: true };

  it('the newest one that is open takes the difference', () => {
    expect(stepOf(reconcile(given(3000, linked, second())), 'update')).toMatchObject({
      row: { externalId: '6' },
      desired: { seconds: 1200 },
    });
    expect(stepOf(reconcile(given(3000, linked, second(exported))), 'update')).toMatchObject({
      row: { externalId: '5' },
      desired: { seconds: 2400 },
    });
  });

  it('a row that was agreed with another person, project and activity keeps them', () => {
    const own = second({ userId: 'k5', projectId: 'p8', activityId: 'a5' });
    expect(stepOf(reconcile(given(3000, linked, own)), 'update').changes).toEqual({
      end: '2026-11-20T13:20:00',
    });
  });

  it('less than the open ones hold is asked with the lock of the other; the first row is never emptied', () => {
    expect(factsOf(given(600, linked, second(exported)))).toMatchObject({
      kind: 'locked',
      why: { code: 'locked_row_exported', facts: { timesheetId: '6' } },
    });
    expect(factsOf(given(900, { ...linked, ...exported }, second()))).toMatchObject({
      kind: 'locked',
      why: { code: 'locked_row_exported', facts: { timesheetId: '5' } },
    });
    expect(stepOf(reconcile(given(660, linked, second(exported))), 'update').desired.seconds).toBe(60);
  });

  it('only the first row goes back to the day that was agreed', () => {
    const elsewhere = second({ begin: '2026-11-18T12:00:00Z' });
    const moved = {
      ...linked,
      day: '2026-11-19',
      begin: '2026-11-19T09:30:00Z',
      end: '2026-11-19T10:00:00Z',
    };
    const plan = decideFirst({ ...given(2400, linked, elsewhere), rows: [moved, elsewhere] }, 'take_source');
    expect(plan.steps).toMatchObject([
      { kind: 'update', row: { externalId: '5' }, desired: { day: '2026-11-20', seconds: 1800 } },
    ]);
  });

  it('goes back to the person who was agreed', () => {
    const plan = decideFirst(changedTo({ userId: 'k5' }), 'take_source');
    expect(stepOf(plan, 'update').changes).toEqual({ userId: 'k4' });
  });

  it('never goes back to a day that is closed by now', () => {
    const moved = { day: '2026-11-21', begin: '2026-11-21T09:30:00Z', end: '2026-11-21T10:00:00Z' };
    const closed = { ...changedTo(moved), bridge: bridge({}, { closedUntil: '2026-11-20' }) };
    expect(factsOf(closed).choices.find(({ choice }) => choice === 'take_source')?.blocked).toEqual({
      code: 'day_closed',
      facts: { rowDay: '2026-11-20', closedUntilDay: '2026-11-20' },
    });
  });
});
