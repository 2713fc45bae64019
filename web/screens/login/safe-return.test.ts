import { describe, expect, it } from 'vitest';
import { safeReturn } from './safe-return';

describe('the way back after the log-in', () => {
  it('is the page that was asked for', () => {
    expect(safeReturn('/inbox/12?sort=age')).toBe('/inbox/12?sort=age');
  });
  it.each([
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
    undefined,
    '',
  ])('never leads elsewhere: %s', (value) => {
    expect(safeReturn(value)).toBe('/inbox');
  });
});
