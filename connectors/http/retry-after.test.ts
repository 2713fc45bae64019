import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-23T09:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', undefined],
    [null, undefined],
  ])('%s is %s ms', (header, expected) => expect(retryAfterMs(header, NOW)).toBe(expected));
});
