import { expect, it } from 'vitest';
import { hours } from './time.js';

it.each([
  [0, '0:00'],
  [59 * 60, '0:59'],
  [3600, '1:00'],
  [-5400, '-1:30'],
  [36_000 * 10 + 60, '100:01'],
  [-10, '0:00'],
])('writes %i s as %s', (seconds, text) => {
  expect(hours(seconds)).toBe(text);
});
