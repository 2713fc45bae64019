import { describe, expect, it } from 'vitest';
import { roundTimes } from './rounding.js';
import { Settings } from './settings.js';

/** Monday, 2 March 2026, midnight UTC. */
const MIDNIGHT = Date.UTC(2026, 2, 2) / 1000;
const at = (clock: string) => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return MIDNIGHT + hours * 3600 + minutes * 60 + seconds;
};
const clock = (instant: number) => new Date(instant * 1000).toISOString().slice(11, 19);

function rounded(changed: Record<string, string>, begin: string, end: string) {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(changed)) settings[`timesheet.rounding.default.${name}`] = value;
  const times = roundTimes(new Settings(settings), { begin: at(begin), end: at(end), break: 0 }, 'UTC');
  return [clock(times.begin), clock(times.end), times.duration];
}

describe('a stopped record', () => {
  it.each([
    [{}, '09:00:30', '10:00:30', ['09:00:00', '10:01:00', 3660]],
    [{}, '09:00', '10:00', ['09:00:00', '10:00:00', 3600]],
    [{ duration: '15' }, '10:00', '10:07', ['10:00:00', '10:07:00', 900]],
    [{ begin: '15', end: '15' }, '10:07', '10:08', ['10:00:00', '10:15:00', 900]],
    [{ mode: 'floor', begin: '15', end: '15' }, '10:07', '10:29', ['10:00:00', '10:15:00', 900]],
    [{ mode: 'ceil', begin: '15', end: '15' }, '10:07', '10:29', ['10:15:00', '10:30:00', 900]],
    [{ mode: 'closest', begin: '15', end: '15' }, '10:07', '10:23', ['10:00:00', '10:30:00', 1800]],
    [{ mode: 'closest', begin: '10', end: '10' }, '10:05', '10:16', ['10:00:00', '10:20:00', 1200]],
    [{ mode: 'closest', duration: '15' }, '10:00', '10:07', ['10:00:00', '10:07:00', 0]],
    [{ begin: '0', end: '0' }, '09:00:30', '10:00:31', ['09:00:30', '10:00:31', 3601]],
    [{ days: 'tuesday', begin: '15', end: '15' }, '10:07', '10:08', ['10:07:00', '10:08:00', 60]],
    [{ days: 'Monday, tuesday', begin: '15', end: '15' }, '10:07', '10:08', ['10:00:00', '10:15:00', 900]],
  ])('with rounding %j from %s to %s becomes %j', (settings, begin, end, expected) => {
    expect(rounded({ ...settings }, begin, end)).toEqual(expected);
  });
});
