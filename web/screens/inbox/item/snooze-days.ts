import { localDay } from '../../../format/date';

const MORNING = 8;

/** Mornings a case can come back on, in the zone of the browser, as instants. */
export function snoozeDays(now: Date): { tomorrow: string; monday: string; month: string } {
  const at = (year: number, month: number, day: number) => new Date(year, month, day, MORNING).toISOString();
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return {
    tomorrow: at(year, month, day + 1),
    monday: at(year, month, day + toMonday),
    month: at(year, month + 1, 1),
  };
}

const SATURDAY = 6;

/** The day until which an answer can be expected: three days on, or the Monday after where that is a weekend. */
export function answerDay(now: Date): string {
  const weekday = (now.getDay() + 3) % 7;
  const toMonday = weekday === SATURDAY ? 2 : weekday === 0 ? 1 : 0;
  return localDay(now, 3 + toMonday);
}

/** The morning of a day as an instant; null for what is not a day. */
export function morningOf(day: string): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return null;
  const morning = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), MORNING);
  return localDay(morning, 0) === day ? morning.toISOString() : null;
}
