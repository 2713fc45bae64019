import type { Day } from './time-entry.js';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 in UTC. */
export const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS);

// A memo of a pure function: entries share few days, and `toISOString` is slow a hundred thousand times.
const MEMO_LIMIT = 20_000;
const dayTexts = new Map<number, Day>();

/** `YYYY-MM-DD` of a day number. Throws RangeError where no date is. */
export function dayText(number: number): Day {
  const known = dayTexts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (dayTexts.size >= MEMO_LIMIT) dayTexts.clear();
  dayTexts.set(number, text);
  return text;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => `${value}`.padStart(2, '0'));

/** `HH:mm:ss` of an instant in UTC; a fraction of a second is left out. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000) - dayNumber(ms) * 86_400;
  const hours = TWO_DIGITS[Math.floor(seconds / 3600)];
  const minutes = TWO_DIGITS[Math.floor(seconds / 60) % 60];
  return `${hours}:${minutes}:${TWO_DIGITS[seconds % 60]}`;
}
