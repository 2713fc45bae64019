import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrySeconds, normalisePerson, secondsPerUnitAt } from './normalise.js';

describe('the unit of an entry', () => {
  const periods = [
    { from: null, secondsPerUnit: 60 },
    { from: '2026-11-01T00:00:00Z', secondsPerUnit: 900 },
  ];

  it('is that of the moment it was booked, the boundary included', () => {
    expect(secondsPerUnitAt(periods, '2026-10-31T23:59:59.999Z')).toBe(60);
    expect(secondsPerUnitAt(periods, '2026-11-01T00:00:00.000Z')).toBe(900);
    expect(secondsPerUnitAt([], '2026-11-01T00:00:00.000Z')).toBeNull();
  });

  it('turns every decimal(6,2) of hours into whole seconds without a float between', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), (hundredths) => {
        const sign = hundredths < 0 ? '-' : '';
        const digits = String(Math.abs(hundredths)).padStart(3, '0');
        const text = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const read = entrySeconds(text, '2026-01-01T00:00:00Z', [{ from: null, secondsPerUnit: 3_600 }]);
        expect(read).toEqual({ ok: true, seconds: hundredths * 36 });
      }),
    );
  });
});

describe('a person', () => {
  const user = { id: 3, login: 'anna', active: true };
  it.each([
    [
      { firstname: 'Anna', lastname: 'Agent', email: 'a@example.com' },
      { name: 'Anna Agent', email: 'a@example.com' },
    ],
    [
      { firstname: '', lastname: null, email: '' },
      { name: 'anna', email: null },
    ],
    [
      { firstname: undefined, lastname: 'Agent', email: null },
      { name: 'Agent', email: null },
    ],
  ])('%o is shown as %o', (parts, shown) => {
    expect(normalisePerson({ ...user, group_ids: null, ...parts })).toEqual(shown);
  });
});
