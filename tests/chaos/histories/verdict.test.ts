import { describe, expect, it } from 'vitest';
import { isTyped } from './verdict.js';

describe('whose row it is', () => {
  it('tells the marker, not what was answered (seed 1: a person typed a row and Kimai’s answer was lost)', () => {
    expect(isTyped({ description: '#10001 telefonisch' })).toBe(true);
    expect(isTyped({ description: 'Besprechung' })).toBe(true);
    expect(isTyped({ description: null })).toBe(true);
    expect(isTyped({ description: '#10001 Drucker [tb-chaos-2]' })).toBe(false);
    expect(isTyped({ description: '#10001 Drucker [tb-chaos-2]\nVor Ort' })).toBe(false);
    expect(isTyped({ description: '#10001 Drucker [tb-other-2]' })).toBe(true);
  });
});
