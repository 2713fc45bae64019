import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSeconds } from './duration.js';
import { entryDate } from './entry-date.js';
import { placeTime } from './placement.js';

describe('I1 Zammad numbers in whole seconds', () => {
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
          expect(toSeconds(text, unit)).toEqual(
            even ? { ok: true, seconds: total / 1000 + 0 } : { ok: false, problem: 'not_even' },
          );
        },
      ),
    );
  }, 60_000);
});

describe('I25 placement', () => {
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
  }, 60_000);
});
