import { describe, expect, it } from 'vitest';
import { localDay } from '../../../format/date';
import { morningOf, snoozeDays } from './snooze-days';

const local = (text: string) => new Date(text).toISOString();

it('offers the next morning, the next Monday and the first of the next month', () => {
  expect(snoozeDays(new Date('2026-11-20T10:00:00'))).toEqual({
    tomorrow: local('2026-11-21T08:00:00'),
    monday: local('2026-11-23T08:00:00'),
    month: local('2026-12-01T08:00:00'),
  });
});

it.each([
  ['2026-11-22T10:00:00', '2026-11-23T08:00:00'],
  ['2026-11-23T07:00:00', '2026-11-30T08:00:00'],
])('from %s, Monday is %s', (now, monday) => {
  expect(snoozeDays(new Date(now)).monday).toBe(local(monday));
});

it('crosses the end of the year', () => {
  expect(snoozeDays(new Date('2026-12-31T10:00:00'))).toMatchObject({
    tomorrow: local('2027-01-01T08:00:00'),
    month: local('2027-01-01T08:00:00'),
  });
});

describe('a day of one’s own', () => {
  it('begins in its morning, in the zone of the browser', () => {
    expect(morningOf('2026-12-01')).toBe(new Date(2026, 11, 1, 8).toISOString());
  });
  it.each(['', '2026-02-30', 'tomorrow', '1.12.2026'])('is not %j', (text) => {
    expect(morningOf(text)).toBeNull();
  });
  it('is counted over the end of a year', () => {
    expect(localDay(new Date(2026, 11, 31, 23), 1)).toBe('2027-01-01');
  });
});
