import { describe, expect, it } from 'vitest';
import { dayOf, formatInstant, parseLenient, parseStrict, weekdayOf } from './zones.js';

const BERLIN = 'Europe/Berlin';

describe('a date-time in a form, read in Berlin', () => {
  it.each([
    ['2026-03-05T09:00:00', '2026-03-05T09:00:00+0100'],
    ['2026-03-05T09:00', '2026-03-05T09:00:00+0100'],
    ['2026-03-05 09:00:00', '2026-03-05T09:00:00+0100'],
    ['2026-03-05T09:00:30.123', '2026-03-05T09:00:30+0100'],
    ['2026-03-05T09:00:00Z', '2026-03-05T10:00:00+0100'],
    ['2026-03-05T09:00:00+02:00', '2026-03-05T08:00:00+0100'],
    ['2026-03-05T24:00:00', '2026-03-06T00:00:00+0100'],
    ['2026-03-29T02:30:00', '2026-03-29T03:30:00+0200'],
    ['2026-10-25T01:30:00', '2026-10-25T01:30:00+0200'],
    ['2026-10-25T02:30:00', '2026-10-25T02:30:00+0100'],
    ['2026-10-25T03:30:00', '2026-10-25T03:30:00+0100'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+0200'],
  ])('%s is %s', (sent, stored) => {
    const instant = parseLenient(BERLIN, sent);
    expect(instant === undefined ? undefined : formatInstant(BERLIN, instant)).toBe(stored);
  });

  it.each([
    '2026-03-05',
    '05.03.2026 09:00',
    'now',
    '1772700000',
    '2026-02-30T09:00:00',
    '2026-03-05T25:00:00',
  ])('%s is refused', (sent) => expect(parseLenient(BERLIN, sent)).toBeUndefined());
});

it.each([
  ['2026-11-01T01:30:00', '2026-11-01T01:30:00-0400'],
  ['2026-03-08T02:30:00', '2026-03-08T03:30:00-0400'],
  ['2026-03-08T01:30:00', '2026-03-08T01:30:00-0500'],
])('in New York %s is %s: the first of two passes, a gap moves forward', (sent, stored) => {
  expect(formatInstant('America/New_York', parseLenient('America/New_York', sent) ?? 0)).toBe(stored);
});

it.each([
  ['2026-03-05T09:00:00', true],
  ['2026-03-05', false],
  ['2026-03-05T09:00', false],
  ['2026-03-05 09:00:00', false],
  ['2026-03-05T09:00:00Z', false],
  ['2026-02-30T09:00:00', false],
])('as a query parameter %s is accepted: %s', (text, accepted) => {
  expect(parseStrict(text) !== undefined).toBe(accepted);
});

it('knows zones beyond twelve hours and writes UTC as +0000', () => {
  expect(formatInstant('Pacific/Tongatapu', Date.UTC(2026, 0, 1, 1, 35) / 1000)).toBe(
    '2026-01-01T14:35:00+1300',
  );
  expect(formatInstant('UTC', 0)).toBe('1970-01-01T00:00:00+0000');
});

it('tells day and weekday by the zone', () => {
  const lateEvening = Date.UTC(2026, 2, 2, 23, 30) / 1000;
  expect([dayOf('UTC', lateEvening), dayOf(BERLIN, lateEvening)]).toEqual(['2026-03-02', '2026-03-03']);
  expect([weekdayOf('UTC', lateEvening), weekdayOf(BERLIN, lateEvening)]).toEqual(['monday', 'tuesday']);
});
