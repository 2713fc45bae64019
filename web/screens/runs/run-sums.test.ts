import { describe, expect, it } from 'vitest';
import { brokenOf, readSums } from './run-sums';

const sum = { source: 7200, target: 5400, rounding: 0, accepted: -1800, open: 0, broken: 0 };
const month = { ...sum, month: '2026-10', beforeStart: 0, unreadable: 0, brokenLeads: [] };

describe('readSums', () => {
  it('lists months newest first and customers by their hours', () => {
    const small = { ...sum, source: 600 };
    const months = readSums({
      months: [
        { ...month, byCustomer: { 'organization:1': small, 'organization:2': sum } },
        { ...month, month: '2026-11', byCustomer: {} },
      ],
      brokenSeconds: 0,
    });
    expect(months?.map(({ month: name }) => name)).toEqual(['2026-11', '2026-10']);
    expect(months?.[1]?.customers.map(({ key }) => key)).toEqual(['organization:2', 'organization:1']);
  });
  it('gives nothing rather than half a table when the shape is unknown', () => {
    expect(readSums({ months: [{ month: 'x' }] })).toBeNull();
    expect(readSums({})).toBeNull();
  });
});

describe('brokenOf', () => {
  it('does not let a month above cancel a month below', () => {
    const months = readSums({
      months: [
        { ...month, broken: 900, byCustomer: {} },
        { ...month, month: '2026-11', broken: -900, byCustomer: {} },
      ],
      brokenSeconds: 1800,
    });
    expect(brokenOf(months ?? [])).toEqual({ count: 2, seconds: 1800 });
  });
});
