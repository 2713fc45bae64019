import { expect, it } from 'vitest';
import { relativeDate } from './relative-date.js';
import { formatInstant } from './zones.js';

const BERLIN = 'Europe/Berlin';
/** 31 March 2026, 14:20 in Berlin, two days after the clocks went forward. */
const NOW = Date.UTC(2026, 2, 31, 12, 20) / 1000;

it.each([
  ['now', '2026-03-31T14:20:00+0200'],
  ['today', '2026-03-31T00:00:00+0200'],
  ['yesterday 18:00', '2026-03-30T18:00:00+0200'],
  ['first day of last month', '2026-02-01T14:20:00+0100'],
  ['last day of last month', '2026-02-28T14:20:00+0100'],
  ['last day of last month 23:59:59', '2026-02-28T23:59:59+0100'],
  ['first day of this month 00:00:00', '2026-03-01T00:00:00+0100'],
  ['first day of -2 months 00:00', '2026-01-01T00:00:00+0100'],
  ['first day of next month', '2026-04-01T14:20:00+0200'],
  ['2026-01-31 23:59:59', '2026-01-31T23:59:59+0100'],
  ['2026-01-31', '2026-01-31T00:00:00+0100'],
  ['+10 days', '2026-04-10T14:20:00+0200'],
  ['-1 week', '2026-03-24T14:20:00+0100'],
  ['monday this week', '2026-03-30T00:00:00+0200'],
  ['sunday last week', '2026-03-29T00:00:00+0100'],
  ['last monday', '2026-03-30T00:00:00+0200'],
])('%s is %s', (phrase, expected) => {
  const at = relativeDate(phrase)?.(BERLIN, NOW);
  expect(at === undefined ? undefined : formatInstant(BERLIN, at)).toBe(expected);
});

it.each(['some day', 'first day of', '2026-01-31 nonsense', '99'])('%s is not understood', (phrase) => {
  expect(relativeDate(phrase)).toBeUndefined();
});
