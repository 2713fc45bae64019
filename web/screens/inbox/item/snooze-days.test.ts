import { expect, it } from 'vitest';
import { snoozeDays } from './snooze-days';

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
