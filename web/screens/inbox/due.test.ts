import { expect, it } from 'vitest';
import { fakeCases } from '../../dev/fake-cases';
import { dueOf } from './due';

const NOW = new Date('2026-11-26T12:00:00Z');

/** An open case with these members. */
function row(part: Partial<Parameters<typeof dueOf>[0]>) {
  const [first] = fakeCases(NOW);
  if (!first) throw new Error('The fakes hold no case');
  return { ...first.conflict, openedAt: '2026-11-25T11:00:00Z', ...part };
}

it('is a day after the case was opened', () => {
  expect(dueOf(row({}), NOW)).toEqual({ at: new Date('2026-11-26T11:00:00Z'), over: true });
  expect(dueOf(row({ openedAt: '2026-11-26T09:00:00Z' }), NOW)).toEqual({
    at: new Date('2026-11-27T09:00:00Z'),
    over: false,
  });
});
it('is never while a case is snoozed, and not before the morning it came back', () => {
  expect(dueOf(row({ snoozedUntil: '2026-11-27T07:00:00Z' }), NOW)).toBeNull();
  expect(dueOf(row({ snoozedUntilChange: true }), NOW)).toBeNull();
  expect(dueOf(row({ snoozedUntil: '2026-11-26T11:30:00Z' }), NOW)?.at).toEqual(
    new Date('2026-11-26T11:30:00Z'),
  );
});
it('is never once a case is decided', () => {
  expect(dueOf(row({ state: 'closed' }), NOW)).toBeNull();
});
