import { describe, expect, it } from 'vitest';
import { formatAge, formatCount, formatDay, formatDayWithWeekday, formatMoment, formatShortDay, formatTime } from './date';

const now = new Date('2026-11-23T12:00:00Z');

describe('days', () => {
  it('are written as people of the language write them', () => {
    expect(formatDay('2026-11-23', 'de')).toBe('23.11.2026');
    expect(formatDay('2026-11-23', 'en')).toBe('Nov 23, 2026');
  });
  it('carry their weekday without a full stop', () => {
    expect(formatDayWithWeekday('2026-11-23', 'de')).toBe('Mo, 23.11.2026');
    expect(formatDayWithWeekday('2026-11-23', 'en')).toBe('Mon, Nov 23, 2026');
  });
  it('leave the year out only within the current one', () => {
    expect(formatShortDay('2026-11-18', 'de', '2026-11-23')).toBe('Mi 18.11.');
    expect(formatShortDay('2026-11-18', 'en', '2026-11-23')).toBe('Wed Nov 18');
    expect(formatShortDay('2025-12-30', 'de', '2026-01-02')).toBe('30.12.2025');
  });
});

describe('moments', () => {
  it('use 24 hours in German and AM/PM in English', () => {
    const nine = new Date(2026, 10, 23, 9, 12).toISOString();
    expect(formatTime(nine, 'de')).toBe('09:12');
    expect(formatTime(nine, 'en')).toBe('9:12\u00a0AM');
  });
  it('name another year', () => {
    const past = new Date(2025, 10, 18, 16, 2).toISOString();
    expect(formatMoment(past, 'de', now)).toBe('18.11.2025 16:02');
  });
});

describe('formatAge', () => {
  it.each([
    ['2026-11-23T11:59:50Z', '1\u00a0min'],
    ['2026-11-23T11:15:00Z', '45\u00a0min'],
    ['2026-11-23T09:00:00Z', '3\u00a0h'],
    ['2026-11-21T11:00:00Z', '2\u00a0T'],
  ])('of %s is its largest unit', (instant, expected) => {
    expect(formatAge(instant, 'de', now)).toBe(expected);
  });
  it('never runs below a minute when the clocks of browser and server differ', () => {
    expect(formatAge('2026-11-23T12:00:30Z', 'en', now)).toBe('1\u00a0min');
  });
});

it('groups thousands', () => {
  expect(formatCount(12_345, 'de')).toBe('12.345');
  expect(formatCount(12_345, 'en')).toBe('12,345');
});
