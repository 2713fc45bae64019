import { describe, expect, it } from 'vitest';
import { isFirstOfTwo } from './second-person';

const proposal = (userId: string, parameters: object = {}) => ({
  ...{ userId, name: userId, choice: 'keep_target' as const, note: null, at: '2026-11-23T10:00:00Z' },
  parameters,
});
const needed = (...proposals: readonly ReturnType<typeof proposal>[]) => ({
  limitSeconds: 7_200,
  proposals: [...proposals],
});
const keep = { choice: 'keep_target' as const, parameters: {} };

describe('a verdict where it takes two', () => {
  it('is the first one until somebody else has proposed the very same', () => {
    expect(isFirstOfTwo(needed(), 'a', keep)).toBe(true);
    expect(isFirstOfTwo(needed(proposal('a')), 'a', keep)).toBe(true); // oneself twice is one
    expect(isFirstOfTwo(needed(proposal('b')), 'a', keep)).toBe(false);
    expect(isFirstOfTwo(needed(proposal('b')), 'a', { ...keep, choice: 'take_source' })).toBe(true);
    expect(isFirstOfTwo(needed(proposal('b', { targetId: '7' })), 'a', keep)).toBe(true);
  });
  it('is whole where one person is enough', () => {
    expect(isFirstOfTwo(null, 'a', keep)).toBe(false);
  });
});
