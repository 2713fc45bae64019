import { describe, expect, it } from 'vitest';
import { bridge, entry, input, link, row } from './books.test-support.js';
import { lockOf } from './locks.js';
import { carriesMarker, hasForeignMarker } from './marker.js';
import { bestPossible, namesTicket, scoreParts, totalScore, wordsOf } from './match-score.js';
import type { ReconcileInput } from './reconcile-input.js';
import { factsOf, lead, linked } from './usual-case.test-support.js';

/** The hash of these books is the text itself. */
const decidedOn = (given: ReconcileInput): unknown => JSON.parse(factsOf(given).version);

const inZammad = {
  activityTypeId: '3',
  day: '2026-11-20',
  organizationId: '7',
  ticketId: '50',
  userId: '4',
  stands: true,
};
const inKimai = {
  id: '5',
  exported: false,
  deleted: false,
  seconds: 1800,
  day: '2026-11-20',
  projectId: 'p7',
  activityId: 'a3',
  userId: 'k4',
};
const nothingElse = { leftOver: null, refusal: null };

describe('I22 the facts that a decision rests on', () => {
  const minus = (id: number, seconds: number) =>
    entry(id, { seconds: -seconds, bookedAt: `2026-11-20T${id}:00:00Z`, description: '' });

  it('of a linked entry: its parts in the order of their numbers, its rows now and as agreed', () => {
    const given = input({
      entries: [lead, minus(12, 300), minus(11, 300)],
      links: [link(lead, [linked])],
      rows: [{ ...linked, seconds: 3600, exported: true }],
    });
    expect(decidedOn(given)).toEqual({
      kind: 'locked',
      subject: 'lead:1',
      source: {
        ...inZammad,
        seconds: 1200,
        members: [
          ['1', 1800],
          ['11', -300],
          ['12', -300],
        ],
      },
      rows: [{ ...inKimai, seconds: 3600, exported: true }],
      agreed: [inKimai],
      candidates: [],
      ...nothingElse,
    });
  });

  it('of a row that is gone: that it is', () => {
    const given = input({
      entries: [lead],
      links: [link(lead, [linked])],
      rows: [{ ...linked, deletedAt: '2026-11-21T00:00:00Z' }],
    });
    expect(decidedOn(given)).toMatchObject({ rows: [{ ...inKimai, deleted: true }], agreed: [inKimai] });
  });

  it('of a missing entry: nothing of the rows that lie near; without an organization, its customer', () => {
    const given = (organizationId: string | null) =>
      input({
        entries: [{ ...lead, organizationId }],
        rows: [row(5, { begin: '2026-11-22T09:30:00Z', description: 'Anruf' })],
        bridge: bridge(
          { newEntries: 'ask' },
          {
            mappings: {
              ...bridge().mappings,
              customers: { 'organization:7': { targetId: 'p7' }, 'customer:9': { targetId: 'p7' } },
            },
          },
        ),
      });
    const members = [['1', 1800]];
    const rest = {
      kind: 'missing',
      subject: 'lead:1',
      rows: [],
      agreed: null,
      candidates: [],
      ...nothingElse,
    };
    expect(factsOf(given('7')).candidates).toHaveLength(1);
    expect(decidedOn(given('7'))).toEqual({ ...rest, source: { ...inZammad, seconds: 1800, members } });
    expect(decidedOn(given(null))).toEqual({
      ...rest,
      source: { ...inZammad, organizationId: null, ticketCustomerId: '9', seconds: 1800, members },
    });
  });

  it('of several equal rows: the rows, whichever is read first', () => {
    const later = row(6, { begin: '2026-11-20T12:00:00Z' });
    const given = (rows: ReconcileInput['rows']) => input({ entries: [lead], rows });
    expect(decidedOn(given([row(5), later]))).toMatchObject({
      candidates: [inKimai, { ...inKimai, id: '6' }],
    });
    expect(decidedOn(given([later, row(5)]))).toEqual(decidedOn(given([row(5), later])));
  });

  it('of a correction: what is left of it', () => {
    const given = input({ entries: [entry(2, { seconds: -600, activityTypeId: '5' })] });
    expect(decidedOn(given)).toMatchObject({
      kind: 'correction',
      source: { seconds: -600, members: [['2', -600]] },
      leftOver: -600,
    });
  });
});

describe('I24 what a choice would do', () => {
  it('a choice that is not possible changes nothing, and one that only links writes nothing', () => {
    const given = input({ entries: [lead], rows: [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })] });
    const { choices } = factsOf(given);
    expect(choices.find(({ choice }) => choice === 'link')?.desired).toBeNull();
    const alone = factsOf(input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) }));
    expect(alone.choices.find(({ choice }) => choice === 'link')).toMatchObject({
      effect: { code: 'will_change_nothing' },
      desired: null,
      blocked: { code: 'choose_a_candidate' },
    });
  });
});

describe('I19 an unmapped', () => {
  it.each([
    ['organization', { organizationId: '99' }, 'unmapped_customer'],
    ['customer without an organization', { organizationId: null }, 'unmapped_ticket_customer'],
    ['nobody', { organizationId: null, ticketCustomerId: null }, 'unmapped_no_customer'],
    ['type', { activityTypeId: '99' }, 'unmapped_activity'],
    ['no type', { activityTypeId: null }, 'unmapped_no_activity'],
  ])('%s is told in its own words', (_name, change, code) => {
    expect(factsOf(input({ entries: [{ ...lead, ...change }] })).why.code).toBe(code);
  });
});

describe('I28 why a row is not written to', () => {
  it.each([
    ['exported', { exported: true }, { code: 'row_exported', facts: { timesheetId: '5' } }],
    ['unreadable', { unreadable: 'no_end' }, { code: 'row_unreadable', facts: { timesheetId: '5' } }],
    ['still running', { end: null }, { code: 'row_running', facts: { timesheetId: '5' } }],
    ['open', {}, null],
  ])('%s', (_name, change, lock) => {
    expect(lockOf(row(5, change), null)).toEqual(lock);
  });
});

describe('I14 whose row it is', () => {
  const own = { code: 'x1', sourceId: '1001' };
  it.each<[string | null, boolean, boolean]>([
    [null, false, false],
    ['Anruf', false, false],
    ['Anruf [tb-x1-1001]', true, false],
    ['Anruf [tb-x1-1002]', false, true],
    ['Anruf [tb-y2-1001]', false, true],
  ])('%s', (text, carries, foreign) => {
    expect(carriesMarker(text, '[tb-x1-1001]')).toBe(carries);
    expect(hasForeignMarker(text, own)).toBe(foreign);
  });
});

describe('I17 the score', () => {
  const wanted = { entry: lead, day: '2026-11-20', seconds: 1800, projectId: 'p7' };

  it.each([
    ['the same', row(5), 0, 1],
    ['another project', row(5, { projectId: 'p8' }), 0, 0.85],
    ['a day off, and half as long again', row(5, { seconds: 2400 }), 1, 0.725],
  ])('the most that is possible is what a row with all words scores: %s', (_name, one, daysOff, score) => {
    expect(bestPossible(wanted, one, daysOff)).toBeCloseTo(score, 6);
    expect(totalScore(scoreParts(wanted, new Set(), one, daysOff))).toBe(score);
  });

  it('compares words of four letters and more as they are spelt, and a ticket without a number is named nowhere', () => {
    expect([...wordsOf('Die Straße am See')]).toEqual(['straße']);
    expect([...wordsOf('am See')]).toEqual([]);
    expect(namesTicket('Anruf: Drucker', '')).toBe(false);
  });
});
