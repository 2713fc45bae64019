import { memoized } from './memo.js';
import type { Day } from './time-entry.js';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 in UTC. */
export const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS);

/** `YYYY-MM-DD` of a day number. Throws RangeError where no date is. */
export const dayText = memoized((number: number): Day =>
  new Date(number * DAY_MS).toISOString().slice(0, 10),
);

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => `${value}`.padStart(2, '0'));

/** `HH:mm:ss` of an instant in UTC; a fraction of a second is left out. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000) - dayNumber(ms) * 86_400;
  const hours = TWO_DIGITS[Math.floor(seconds / 3600)];
  const minutes = TWO_DIGITS[Math.floor(seconds / 60) % 60];
  return `${hours}:${minutes}:${TWO_DIGITS[seconds % 60]}`;
}
