import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mondayOf, onDuty } from './duty.js';
import { addDays } from './zone.js';

const day = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('1970-01-01', days));
const people = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 });

it('each person has exactly one of as many weeks in a row as there are people, wherever they begin', () => {
  fc.assert(
    fc.property(people, day, day, (all, since, from) => {
      const weeks = all.map((_, week) => onDuty({ people: all, since }, addDays(from, 7 * week)));
      expect([...weeks].sort()).toEqual([...all].sort());
    }),
  );
});

it('a week is one person’s from Monday to Sunday', () => {
  fc.assert(
    fc.property(people, day, day, (all, since, someDay) => {
      const monday = mondayOf(someDay);
      expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
      const week = Array.from({ length: 7 }, (_, at) => onDuty({ people: all, since }, addDays(monday, at)));
      expect(new Set(week).size).toBe(1);
      expect(week).toContain(onDuty({ people: all, since }, someDay));
    }),
  );
});

it('the first of the list has the week that holds its first day', () => {
  fc.assert(
    fc.property(people, day, (all, since) => {
      expect(onDuty({ people: all, since }, since)).toBe(all[0]);
      expect(onDuty({ people: all, since }, addDays(mondayOf(since), 7))).toBe(all[1 % all.length]);
    }),
  );
});
