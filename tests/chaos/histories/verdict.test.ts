import { describe, expect, it } from 'vitest';
import { isTyped, isWrittenFor } from './verdict.js';

describe('whose row it is', () => {
  it('tells the marker, not what was answered (seed 1: a person typed a row and Kimai’s answer was lost)', () => {
    expect(isTyped({ description: '#10001 telefonisch' }, 'chaos')).toBe(true);
    expect(isTyped({ description: 'Besprechung' }, 'chaos')).toBe(true);
    expect(isTyped({ description: null }, 'chaos')).toBe(true);
    expect(isTyped({ description: '#10001 Drucker [tb-chaos-2]' }, 'chaos')).toBe(false);
    expect(isTyped({ description: '#10001 Drucker [tb-chaos-2]\nVor Ort' }, 'chaos')).toBe(false);
    expect(isTyped({ description: '#10001 Drucker [tb-other-2]' }, 'chaos')).toBe(true);
  });

  it('is written for the ticket of our line, whatever people wrote around it (seed 27)', () => {
    const description = '#10001 Drucker [tb-chaos-3]\n#10002 telefonisch\nVor Ort';
    expect(isWrittenFor({ description }, 'chaos', '10001')).toBe(true);
    expect(isWrittenFor({ description }, 'chaos', '10002')).toBe(false);
    expect(isWrittenFor({ description: '#10002 telefonisch' }, 'chaos', '10002')).toBe(false);
  });
});
