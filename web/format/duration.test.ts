import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration';

describe('formatDuration', () => {
  it('shows h:mm without a leading zero and with a no-break space before the unit', () => {
    expect(formatDuration(5400)).toBe('1:30\u00a0h');
    expect(formatDuration(765_900)).toBe('212:45\u00a0h');
  });
  it('gives differences a real minus or a plus', () => {
    expect(formatDuration(-900, { signed: true })).toBe('−0:15\u00a0h');
    expect(formatDuration(1800, { signed: true })).toBe('+0:30\u00a0h');
  });
  it('gives a loss its minus even where no sign was asked for', () => {
    expect(formatDuration(-1800, { unit: false })).toBe('−0:30');
  });
  it('has no sign when the value rounds to zero', () => {
    expect(formatDuration(-20, { signed: true })).toBe('0:00\u00a0h');
    expect(formatDuration(20, { signed: true })).toBe('0:00\u00a0h');
  });
  it('carries a minute that rounds up into the hour', () => {
    expect(formatDuration(3599)).toBe('1:00\u00a0h');
  });
});

describe('parseDuration', () => {
  it.each([
    ['1:30', 5400],
    ['1,5', 5400],
    ['1.5 h', 5400],
    ['45m', 2700],
    ['45 min', 2700],
    ['2', 7200],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
  it.each(['', '1:60', 'abc', '-1', '1:5', '1,555'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
  it('reads back what formatDuration writes', () => {
    for (const seconds of [0, 60, 2700, 5400, 86_400]) {
      expect(parseDuration(formatDuration(seconds, { unit: false }))).toBe(seconds);
    }
  });
});
