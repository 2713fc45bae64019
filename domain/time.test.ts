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
      'ending with the minute in which the repeated hour begins',
      '2026-10-25T00:00:00Z',
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
    // Ends in the repeated hour of the day after.
    expect(place('2026-10-24T21:30:00Z', 180, { placement: 'starts_when_booked' })).toEqual([
      '2026-10-24T22:59:00',
      '2026-10-25T01:59:00',
      '2026-10-24',
    ]);
    expect(place('2026-11-20T14:00:00Z', 30, { placement: 'day_start' })[0]).toBe('2026-11-20T08:00:00');
  });
});
