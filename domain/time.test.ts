import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundToMinutes, toSeconds } from './duration.js';
import { entryDate } from './entry-date.js';
import { placeTime, type PlacementInput } from './placement.js';

const seconds = (text: string, unit: number) => {
  const parsed = toSeconds(text, unit);
  return parsed.ok ? parsed.seconds : parsed.problem;
};

describe('I1 Zammad numbers in whole seconds', () => {
  it.each<[string, number, number | string]>([
    ['0.25', 3600, 900],
    ['1.5', 3600, 5400],
    ['3.0', 900, 2700],
    ['22.0', 60, 1320],
    ['7.5', 60, 450],
    ['-1.5', 3600, -5400],
    ['0', 60, 0],
    ['-0.0', 60, 0],
    ['0.1', 60, 6],
    ['0.001', 60, 'not_even'],
    ['0.333333333', 3600, 'not_even'],
    ['1,5', 3600, 'not_a_number'],
    ['', 60, 'not_a_number'],
    ['1e3', 60, 'not_a_number'],
    ['Infinity', 60, 'not_a_number'],
    ['999999999999999', 3600, 'too_large'],
  ])('%s at %d seconds a unit is %s', (text, unit, expected) => {
    expect(seconds(text, unit)).toBe(expected);
  });

  it('equals counting in thousandths of a unit, for any number with three decimals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000_000, max: 5_000_000 }),
        fc.constantFrom(60, 900, 3600),
        (thousandths, unit) => {
          const sign = thousandths < 0 ? '-' : '';
          const text = `${sign}${Math.floor(Math.abs(thousandths) / 1000)}.${`${Math.abs(thousandths) % 1000}`.padStart(3, '0')}`;
          const total = thousandths * unit;
          const even = total % 1000 === 0;
          expect(seconds(text, unit)).toBe(even ? total / 1000 + 0 : 'not_even');
        },
      ),
    );
  });

  it.each([
    [0, 0],
    [20, 60],
    [89, 60],
    [90, 120],
    [450, 480],
    [1800, 1800],
  ])('%d seconds are written as %d', (from, to) => {
    expect(roundToMinutes(from)).toBe(to);
  });
});

const place = (bookedAt: string, minutes: number, rest: Partial<PlacementInput> = {}) => {
  const zone = rest.zone ?? 'Europe/Berlin';
  const day = rest.day ?? entryDate(bookedAt, zone);
  const found = placeTime({
    bookedAt,
    seconds: minutes * 60,
    placement: 'ends_when_booked',
    dayStart: '08:00',
    ...rest,
    zone,
    day,
  });
  return [found.begin, found.end, found.day];
};

describe('I25 placement', () => {
  it.each([
    [
      'an ordinary afternoon',
      '2026-11-20T14:00:40Z',
      30,
      ['2026-11-20T14:30:00', '2026-11-20T15:00:00', '2026-11-20'],
    ],
    [
      'just after midnight stays on its day',
      '2026-11-19T23:10:00Z',
      30,
      ['2026-11-20T00:00:00', '2026-11-20T00:30:00', '2026-11-20'],
    ],
    [
      'across the skipped hour of spring',
      '2026-03-29T01:30:00Z',
      60,
      ['2026-03-29T01:30:00', '2026-03-29T03:30:00', '2026-03-29'],
    ],
    [
      'ending in the repeated hour of autumn',
      '2026-10-25T00:20:00Z',
      30,
      ['2026-10-25T01:29:00', '2026-10-25T01:59:00', '2026-10-25'],
    ],
    [
      'beginning in the repeated hour',
      '2026-10-25T02:10:00Z',
      30,
      ['2026-10-25T01:29:00', '2026-10-25T01:59:00', '2026-10-25'],
    ],
    [
      'too long to end before the repeated hour',
      '2026-10-25T00:30:00Z',
      150,
      ['2026-10-25T01:30:00', '2026-10-25T03:00:00', '2026-10-25'],
    ],
    [
      'spanning the repeated hour',
      '2026-10-25T03:00:00Z',
      240,
      ['2026-10-25T01:00:00', '2026-10-25T04:00:00', '2026-10-25'],
    ],
  ])('%s', (_name, bookedAt, minutes, expected) => {
    expect(place(bookedAt, minutes)).toEqual(expected);
  });

  it('begins when booked, or at the start of the day, when the policy says so', () => {
    expect(place('2026-11-20T14:00:00Z', 30, { placement: 'starts_when_booked' })[0]).toBe(
      '2026-11-20T15:00:00',
    );
    expect(place('2026-11-20T14:00:00Z', 30, { placement: 'day_start' })[0]).toBe('2026-11-20T08:00:00');
  });

  it('keeps day and duration, and leaves Kimai no repeated hour to choose, around every change of the clock', () => {
    const moment = fc.integer({ min: 0, max: 3 * 24 * 60 });
    const around = fc.constantFrom('2026-03-28T00:00:00Z', '2026-10-24T00:00:00Z', '2026-10-31T00:00:00Z');
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York');
    fc.assert(
      fc.property(around, moment, fc.integer({ min: 1, max: 300 }), zone, (from, minutes, length, inZone) => {
        const bookedAt = new Date(Date.parse(from) + minutes * 60_000).toISOString();
        const day = entryDate(bookedAt, inZone);
        const found = placeTime({
          day,
          bookedAt,
          seconds: length * 60,
          placement: 'ends_when_booked',
          dayStart: '08:00',
          zone: inZone,
        });
        expect(found.day).toBe(day);
        expect(Date.parse(found.endAt) - Date.parse(found.beginAt)).toBe(length * 60_000);
        // Intl is the judge: a wall clock time that an hour earlier or later shows as well is ambiguous.
        const wall = (ms: number) =>
          new Intl.DateTimeFormat('sv', { timeZone: inZone, dateStyle: 'short', timeStyle: 'short' }).format(
            ms,
          );
        for (const at of [Date.parse(found.beginAt), Date.parse(found.endAt)]) {
          expect([wall(at - 3_600_000), wall(at + 3_600_000)]).not.toContain(wall(at));
        }
      }),
      { numRuns: 300 },
    );
  });
});
