import { expect, it } from 'vitest';
import { fittedExponent, median, spread } from './kit.js';

it('takes the middle of the values, and the mean of two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it('tells how far the values lie apart, as a share of their median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
  expect(spread([5, 5])).toBe(0);
});

it('finds the exponent of a growth, whatever its factor', () => {
  const grown = (exponent: number) =>
    [1_000, 10_000, 200_000].map((size) => ({ size, cost: 0.3 * size ** exponent }));
  expect(fittedExponent(grown(1))).toBeCloseTo(1);
  expect(fittedExponent(grown(1.7))).toBeCloseTo(1.7);
});
