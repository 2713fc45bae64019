import { describe, expect, it } from 'vitest';
import {
  asks,
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
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { Timesheet } from './timesheet.js';
import { lead, linked, retimed } from './usual-case.test-support.js';

const asking = bridge({ sourceEdits: 'ask' });
const given = (change: Partial<typeof lead>, now: Timesheet, rest: Parameters<typeof link>[2] = {}) =>
  input({
    entries: [{ ...lead, ...change }],
    links: [link(lead, [linked], rest)],
    rows: [now],
    bridge: asking,
  });
const choicesOf = (books: ReconcileInput) => asks(reconcile(books))[0]?.facts.choices ?? [];

describe('field by field', () => {
  const moved = given({ seconds: 2700 }, { ...linked, userId: 'k9' });
  const retyped = given({ activityTypeId: '5' }, retimed);

  it('I24 a field that is not named keeps what Kimai has', () => {
    const person = stepOf(decideFirst(moved, 'per_field', { fields: { userId: 'source' } }), 'update');
    expect(person.changes).toEqual({ userId: 'k4' });
    const time = stepOf(decideFirst(moved, 'per_field', { fields: { seconds: 'source' } }), 'update');
    expect(time.changes).toEqual({ end: '2026-11-20T11:15:00' });
    expect(time.desired.userId).toBe('k9');
    const type = stepOf(decideFirst(retyped, 'per_field', { fields: { activityId: 'source' } }), 'update');
    expect(type.changes).toEqual({ activityId: 'a5' });
    const duration = stepOf(decideFirst(retyped, 'per_field', { fields: { seconds: 'source' } }), 'update');
    expect(duration.changes).toEqual({ end: '2026-11-20T11:00:00' });
  });
});

describe('what is accepted when a choice leaves the time as Kimai has it', () => {
  const typeOnly = { fields: { activityId: 'source' } } as const;

  it('I13 time that people changed in Kimai and that is kept is accepted', () => {
    const plan = decideFirst(given({ activityTypeId: '5' }, retimed), 'per_field', typeOnly);
    expect(stepOf(plan, 'update').acceptedSeconds).toBe(1800);
  });

  it('I13 time that changed in Zammad and is not taken is accepted', () => {
    const plan = decideFirst(given({ activityTypeId: '5', seconds: 2700 }, linked), 'per_field', typeOnly);
    expect(stepOf(plan, 'update').acceptedSeconds).toBe(-900);
  });

  it('I13 a difference that nobody accepted stays visible when only the type changes', () => {
    const members = [{ entryId: '1', signedSeconds: 1700 }];
    const plan = decideFirst(
      given({ activityTypeId: '5', seconds: 1700 }, linked, { members }),
      'take_source',
    );
    expect(stepOf(plan, 'update').acceptedSeconds).toBe(0);
  });
});

describe('Kimai has what would be sent, and counts it otherwise', () => {
  /** 40 minutes by the clock, which Kimai rounds up to 45. */
  const rounded = marked(5, 1001, { seconds: 2700, end: '2026-11-20T10:10:00Z' });
  const shorter = { ...lead, seconds: 2400 };
  const agreed = link(lead, [rounded], {
    members: [{ entryId: '1', signedSeconds: 2460 }],
    roundingSeconds: 240,
  });

  it('I27 nothing is written, and its rounding explains the rest', () => {
    const books = input({ entries: [shorter], links: [agreed], rows: [rounded] });
    expect(kinds(reconcile(books))).toEqual(['accept']);
    expect(stepOf(reconcile(books), 'accept')).toMatchObject({
      acceptedSeconds: 0,
      roundingSeconds: 300,
      closes: false,
    });
    const asked = choicesOf({ ...books, bridge: asking }).find(({ choice }) => choice === 'take_source');
    expect(asked?.effect).toEqual({ code: 'will_keep', facts: { targetSeconds: 2700 } });
  });
});

describe('less time on an exported row', () => {
  const exported = { ...linked, exported: true };
  const other = entry(2, { ticketId: '51', bookedAt: '2026-11-19T10:00:00Z' });
  const its = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
  const longer = marked(6, 1002, { begin: '2026-11-19T09:30:00Z', seconds: 3600 });
  const deductOf = (books: ReconcileInput) =>
    asks(reconcile(books))
      .filter(({ facts }) => facts.kind === 'locked')
      .flatMap(({ facts }) => facts.choices)
      .filter(({ choice }) => choice === 'deduct')
      .map(({ targetId, effect, blocked }) => [targetId, blocked?.code ?? effect.facts['oldSeconds']]);
  const shortened = (rest: Partial<ReconcileInput>) =>
    input({
      entries: [{ ...lead, seconds: 900 }],
      links: [link(lead, [exported])],
      rows: [exported],
      rest,
    });

  it('I29 is taken from a row of another ticket as Kimai has it now, or as it was agreed', () => {
    const elsewhere = { lead: { ...shortened({}).entries[0], entry: other }, link: link(other, [its]) };
    const frozen = { userId: '4', bookedAt: other.bookedAt, entryDate: other.entryDate };
    const of = (rows: readonly Timesheet[]) =>
      shortened({
        openElsewhere: [
          { ...elsewhere, lead: { entry: other, frozen, firstSeenAt: other.bookedAt, state: null }, rows },
        ],
      });
    expect(deductOf(of([longer]))).toEqual([['6', 3600]]);
    expect(deductOf(of([]))).toEqual([['6', 1800]]);
  });

  it('I29 is offered beside an entry that is not written yet, and not for more time', () => {
    const fresh = entry(3, { bookedAt: '2026-11-18T10:00:00Z' });
    const books = (seconds: number) =>
      input({
        entries: [{ ...lead, seconds }, other, fresh],
        links: [link(lead, [exported]), link(other, [its])],
        rows: [exported, its],
      });
    expect(deductOf(books(900))).toEqual([['6', 1800]]);
    expect(deductOf(books(2700))).toEqual([[null, 'difference_not_negative']]);
  });

  it('I29 is never taken from a row of the entry itself', () => {
    const own = marked(7, 1001, {
      seconds: 3600,
      begin: '2026-11-20T12:00:00Z',
      description: '[tb-x1-1001-2]',
    });
    const members = [{ entryId: '1', signedSeconds: 5400 }];
    const books = input({
      entries: [{ ...lead, seconds: 4500, activityTypeId: '5' }],
      links: [link(lead, [exported, own], { members })],
      rows: [exported, own],
    });
    expect(deductOf(books)).toEqual([[null, 'choose_a_row']]);
  });
});

describe('rows that name two tickets', () => {
  it('I16 are a question of each entry, with the row to choose', () => {
    const one = entry(1);
    const two = entry(2, { ticketId: '51', ticketNumber: '50013' });
    const plan = reconcile(input({ entries: [one, two], rows: [row(5, { description: '#50012 #50013' })] }));
    expect(
      asks(plan).map(({ leadId, facts }) => [
        leadId,
        facts.candidates.map(({ timesheet }) => timesheet.externalId),
      ]),
    ).toEqual([
      ['1', ['5']],
      ['2', ['5']],
    ]);
  });
});
