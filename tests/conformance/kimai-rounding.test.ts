import fc from 'fast-check';
import { expect, it } from 'vitest';
import { predictedSeconds } from '../../domain/predicted-seconds.js';
import { ROUNDING_MODES } from '../../domain/target-rounding.js';
import { roundTimes } from '../../simulators/kimai/rounding.js';
import { Settings } from '../../simulators/kimai/settings.js';

const MINUTES = fc.constantFrom(0, 1, 5, 6, 15, 30, 60);
const NOON = Date.parse('2026-11-20T12:00:00Z') / 1000;
const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

it('what previews expect of any row is what Kimai makes of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ROUNDING_MODES),
      fc.tuple(MINUTES, MINUTES, MINUTES),
      fc.record({ from: fc.integer({ min: -600, max: 600 }), minutes: fc.integer({ min: 1, max: 500 }) }),
      fc.integer({ min: 0, max: 30 }),
      (mode, [beginMinutes, endMinutes, durationMinutes], { from, minutes }, pause) => {
        const settings = new Settings({
          'timesheet.rounding.default.mode': mode,
          'timesheet.rounding.default.begin': `${beginMinutes}`,
          'timesheet.rounding.default.end': `${endMinutes}`,
          'timesheet.rounding.default.duration': `${durationMinutes}`,
        });
        const begin = NOON + from * 60;
        const end = begin + (minutes + pause) * 60;
        const stored = roundTimes(settings, { begin, end, break: pause * 60 }, 'Europe/Berlin');
        const sent = { beginAt: instant(begin), endAt: instant(end), seconds: minutes * 60 };
        expect(predictedSeconds(sent, { mode, beginMinutes, endMinutes, durationMinutes })).toBe(
          stored.duration,
        );
      },
    ),
  );
});
