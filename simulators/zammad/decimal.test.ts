import { describe, expect, it } from 'vitest';

import { castHundredths, decimalText, overflows } from './decimal.js';

describe('a decimal(6,2) column', () => {
  it.each([
    [15, '15.0'],
    ['7.5', '7.5'],
    [0.25, '0.25'],
    [-5, '-5.0'],
    ['abc', '0.0'],
    ['1,5', '1.0'],
    ['1.005', '1.01'],
    [0, '0.0'],
    [true, '1.0'],
    [false, '0.0'],
    [1.0049999, '1.01'],
    ['1.0049999', '1.0'],
    [-0.5, '-0.5'],
    ['9999.99', '9999.99'],
  ])('casts %j to "%s"', (given, expected) => {
    expect(decimalText(castHundredths(given) ?? Number.NaN)).toBe(expected);
  });

  it.each([[null], [''], ['  '], [undefined]])('takes %j for blank', (given) => {
    expect(castHundredths(given)).toBeNull();
  });

  it('overflows from 10000 on', () => {
    expect(overflows(castHundredths('9999.99') ?? 0)).toBe(false);
    expect(overflows(castHundredths(10_000) ?? 0)).toBe(true);
    expect(overflows(castHundredths(-10_000) ?? 0)).toBe(true);
  });
});
