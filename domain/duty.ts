import { dayNumber, dayText } from './clock-text.js';
import type { Day } from './time-entry.js';

/** People who take turns week by week, from Monday to Sunday. */
export type Duty = {
  /** In the order of their turns. */
  readonly people: readonly string[];
  /** A day of the week in which the first of them began; null while there is nobody. */
  readonly since: Day | null;
};

/** One week of somebody. */
export type Turn = { readonly person: string; readonly from: Day; readonly to: Day };

const WEEK = 7;
/** 1970-01-01 was a Thursday: its week had begun three days before. */
const DAYS_BEFORE_1970 = 3;

/** Weeks from Monday to Sunday, counted on without a gap over the ends of years. */
const weekOf = (day: Day): number =>
  Math.floor((dayNumber(Date.parse(`${day}T00:00:00Z`)) + DAYS_BEFORE_1970) / WEEK);

/** A day of a week: 0 is its Monday. */
const dayOfWeek = (week: number, day: number): Day => dayText(week * WEEK - DAYS_BEFORE_1970 + day);

/** The Monday of the week that holds the day. */
export const mondayOf = (day: Day): Day => dayOfWeek(weekOf(day), 0);

/** Whose week the day is in, also before `since`; null when nobody takes turns. */
export function onDuty({ people, since }: Duty, day: Day): string | null {
  if (since === null || people.length === 0) return null;
  const weeks = weekOf(day) - weekOf(since);
  const place = ((weeks % people.length) + people.length) % people.length;
  return people[place] ?? null;
}

/** So many weeks in a row, the one that holds the day first; empty when nobody takes turns. */
export function turnsFrom(duty: Duty, day: Day, count: number): Turn[] {
  const first = weekOf(day);
  return Array.from({ length: count }, (_, at) => first + at).flatMap((week) => {
    const from = dayOfWeek(week, 0);
    const person = onDuty(duty, from);
    return person === null ? [] : [{ person, from, to: dayOfWeek(week, WEEK - 1) }];
  });
}
