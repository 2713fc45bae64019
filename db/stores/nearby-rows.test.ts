import { expect, it } from 'vitest';
import { spansAround } from './nearby-rows.js';

const entry = (userId: string, entryDate: string) => ({
  frozen: { userId, entryDate, bookedAt: `${entryDate}T12:00:00.000Z` },
});
const users = { a: { targetId: '1' }, b: { targetId: '2' }, c: { ignored: true as const } };

it('days that touch are one span, a person’s others are spans of their own', () => {
  const entries = ['2026-03-10', '2026-03-02', '2026-03-03', '2026-03-18'].map((day) => entry('a', day));
  expect(spansAround(entries, users)).toEqual([
    { userId: '1', from: '2026-02-27', to: '2026-03-13' }, // the 3rd reaches the 6th, the 10th begins on the 7th
    { userId: '1', from: '2026-03-15', to: '2026-03-21' },
  ]);
});

it('persons have their own spans; who is not mapped, or is left out, has none', () => {
  expect(
    spansAround(
      ['a', 'b', 'c', 'd'].map((user) => entry(user, '2026-01-01')),
      users,
    ),
  ).toEqual([
    { userId: '1', from: '2025-12-29', to: '2026-01-04' },
    { userId: '2', from: '2025-12-29', to: '2026-01-04' },
  ]);
});
