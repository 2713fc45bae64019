import { expect, it } from 'vitest';
import { memoized } from './memo.js';

it('finds each answer once, until it holds as many as it may', () => {
  const found: number[] = [];
  const double = memoized((key: number) => {
    found.push(key);
    return `${2 * key}`;
  }, 2);
  expect([1, 2, 1, 2, 1].map(double)).toEqual(['2', '4', '2', '4', '2']);
  expect(found).toEqual([1, 2]);
  expect([3, 3, 1].map(double)).toEqual(['6', '6', '2']);
  expect(found).toEqual([1, 2, 3, 1]);
});

it('remembers no failure', () => {
  let fails = true;
  const once = memoized((key: string) => {
    if (fails) throw new RangeError(key);
    return key;
  });
  expect(() => once('x')).toThrow(RangeError);
  fails = false;
  expect(once('x')).toBe('x');
});
