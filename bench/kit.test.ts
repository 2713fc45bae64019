import { expect, it } from 'vitest';
import { fittedExponent, median, spread, table } from './kit.js';

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

it('says of each row whether its limit is met', () => {
  const row = { what: 'a', unit: 'ms', spread: null, runs: 3, came: '1 create' } as const;
  const text = table([
    { ...row, median: 12.4, cpuMedian: 9.6, limit: 12 },
    { ...row, what: 'b', median: 9, cpuMedian: 12.4, limit: 12 },
    { ...row, what: 'growth', unit: 'exponent', median: 1.04, cpuMedian: null, limit: 1.2 },
  ]);
  expect(text.split('\n').slice(2)).toEqual([
    '| a      | 12 ms  | –      | 10 ms | 3    | 12 ms | yes | 1 create |',
    '| b      | 9 ms   | –      | 12 ms | 3    | 12 ms | no  | 1 create |',
    '| growth | 1.04   | –      | –     | 3    | 1.20  | yes | 1 create |',
  ]);
});
