import { describe, expect, it } from 'vitest';
import { formatAge, formatMoment, formatShortDay } from './date';

const now = new Date('2026-11-23T12:00:00Z');

describe('days', () => {
  it('leave the year out only within the current one', () => {
    expect(formatShortDay('2026-11-18', 'de', '2026-11-23')).toBe('Mi 18.11.');
    expect(formatShortDay('2026-11-18', 'en', '2026-11-23')).toBe('Wed Nov 18');
    expect(formatShortDay('2025-12-30', 'de', '2026-01-02')).toBe('30.12.2025');
  });
});

describe('moments', () => {
  it('leave the year out when it is the current one', () => {
    const past = new Date(2026, 10, 18, 16, 2).toISOString();
    expect(formatMoment(past, 'de', now)).toBe('18.11. 16:02');
    expect(formatMoment(past, 'en', now)).toBe('Nov 18, 16:02');
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
