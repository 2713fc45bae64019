import { expect, it } from 'vitest';
import { compareResults } from './compare.js';
import { isMet, percentile, type Finding } from './finding.js';
import { mergeResults, type RowResult } from './results.js';
import { costTable, growthTable, resultTable } from './table.js';

const finding: Finding = {
  ...{ id: 'a', what: 'a run', unit: 'ms', goal: { atMost: 12 }, values: [9, 10, 14] },
};

it('says of each figure whether its goal is met, at most or at least', () => {
  expect(isMet(finding)).toBe(true);
  expect(isMet({ ...finding, values: [13] })).toBe(false);
  expect(isMet({ ...finding, goal: { atLeast: 12 } })).toBe(false);
  expect(isMet({ ...finding, goal: { atLeast: 10 } })).toBe(true);
  expect(isMet({ ...finding, goal: null, values: [99] })).toBe(true);
});

it('takes a figure that is not there for a miss', () => {
  expect(isMet({ ...finding, values: [] })).toBe(false);
  expect(isMet({ ...finding, values: [NaN] })).toBe(false);
});

it('takes the value below which a share of them lies', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.95)).toBe(95);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

it('shows median, spread and ratios', () => {
  const lines = resultTable([{ ...finding, toBare: 1.234, toScript: 41.6 }]).split('\n');
  expect(lines[2]).toBe('| a run | ≤ 12 ms | 10 ms | 50 % | yes | 1.23 × | 42 × |');
});

it('shows costs and growth of those that have them', () => {
  const usage = { cpuSeconds: 1.26, peakMb: 90 };
  const parts = { api: usage, worker: usage, temporal: usage, postgres: usage };
  const costly: Finding = { ...finding, calls: { zammad: 3, kimai: 2 }, eventsPerEntry: 0.1, usage: parts };
  expect(costTable([finding, costly]).split('\n').slice(2)).toEqual([
    '| a run | 3 | 2 | 0.100 | 90 / 90 / 90 / 90 | 1.3 / 1.3 / 1.3 / 1.3 |',
  ]);
  const points = [10, 30, 100].map((size) => ({ size, cost: size ** 2 }));
  expect(growthTable([{ ...finding, growth: { points, unit: 'ms' } }]).split('\n')[2]).toBe(
    '| a run | 10: 100 ms, 30: 900 ms, 100: 10000 ms | 2.00 |',
  );
});

const result = (row: string, measured: number): RowResult => ({
  ...{ row, commit: 'abc', at: '2026-01-01T00:00:00Z', quick: false, load: 0, tookSeconds: 1 },
  findings: [{ ...finding, id: row, what: row, values: [measured] }],
});
const results = (...rows: RowResult[]) => ({ machine: 'm', node: 'v', rows });

it('puts what was measured anew in the place of what was there, in the order of the rows', () => {
  const merged = mergeResults(results(result('b', 2), result('a', 1)), [result('b', 3)], ['a', 'b', 'c']);
  expect(merged.rows.map(({ row, findings }) => [row, findings[0]?.values])).toEqual([
    ['a', [1]],
    ['b', [3]],
  ]);
});

it('compares the figures that two commits have in common', () => {
  const text = compareResults(results(result('a', 10)), results(result('a', 12), result('new', 1)));
  expect(text.split('\n').slice(2)).toEqual(['| a | 10 ms | 12 ms | +20 % |']);
});
