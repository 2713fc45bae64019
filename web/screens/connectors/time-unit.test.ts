import { describe, expect, it } from 'vitest';
import { secondsOfUnit, unitOf, withUnit } from './time-unit';

describe('the unit of Zammad', () => {
  it('knows the names of the usual lengths', () => {
    expect([60, 900, 3600, 600].map(unitOf)).toEqual(['minute', 'quarter', 'hour', 'custom']);
  });
  it('reads the minutes of a custom unit with comma or point', () => {
    expect(secondsOfUnit('custom', '6')).toBe(360);
    expect(secondsOfUnit('custom', '7,5')).toBe(450);
    expect(secondsOfUnit('custom', '0.5')).toBe(30);
  });
  it.each(['', '0', '-1', '1441', 'abc', '1,555'])('refuses "%s" minutes', (minutes) => {
    expect(secondsOfUnit('custom', minutes)).toBeNull();
  });
  it('keeps the old unit for what was accounted before, unless it was wrong from the beginning', () => {
    const before = [{ from: null, secondsPerUnit: 60 }];
    expect(withUnit(before, 900, '2026-11-23T10:00:00Z')).toEqual([
      ...before,
      { from: '2026-11-23T10:00:00Z', secondsPerUnit: 900 },
    ]);
    expect(withUnit(before, 900, null)).toEqual([{ from: null, secondsPerUnit: 900 }]);
    expect(withUnit([], 900, '2026-11-23T10:00:00Z')).toEqual([{ from: null, secondsPerUnit: 900 }]);
  });
});
