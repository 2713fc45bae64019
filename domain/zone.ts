import { Temporal } from 'temporal-polyfill';
import type { Day, Instant, LocalTime } from './time-entry.js';
import { clockText, dayNumber, dayText } from './clock-text.js';
import { memoized } from './memo.js';

export const MINUTE_MS = 60_000;

/** One calendar day of a zone as plain numbers, so that a hundred thousand times cost no calendar library. */
export type ZoneDay = {
  readonly day: Day;
  readonly startMs: number;
  readonly endMs: number;
  readonly offsetMs: number;
  /** The change of the clock within the day, if there is one. */
  readonly change: { readonly atMs: number; readonly offsetMs: number } | null;
};

type Calendar = {
  readonly byDay: (day: Day) => ZoneDay;
  /** The days by their number since 1970-01-01. */
  readonly byNumber: (number: number) => ZoneDay;
};

const calendarOf = memoized((zone: string): Calendar => {
  const byDay = memoized((day: Day) => findZoneDay(day, zone));
  return { byDay, byNumber: memoized((number: number) => byDay(dayText(number))) };
});

/** The calendar day `day` in `zone`. Throws RangeError on an unknown zone or a day that does not exist. */
export const zoneDay = (day: Day, zone: string): ZoneDay => calendarOf(zone).byDay(day);

function findZoneDay(day: Day, zone: string): ZoneDay {
  const date = Temporal.PlainDate.from(day);
  const start = date.toZonedDateTime(zone);
  const endMs = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  return {
    day,
    startMs: start.epochMilliseconds,
    endMs,
    offsetMs: start.offsetNanoseconds / 1e6,
    change: changeWithin(start, endMs),
  };
}

function changeWithin(start: Temporal.ZonedDateTime, endMs: number): ZoneDay['change'] {
  const next = start.getTimeZoneTransition('next');
  if (!next || next.epochMilliseconds >= endMs) return null;
  return { atMs: next.epochMilliseconds, offsetMs: next.offsetNanoseconds / 1e6 };
}

/** The zone's calendar day that holds the instant. */
export function zoneDayAt(ms: number, zone: string): ZoneDay {
  const { byNumber } = calendarOf(zone);
  const utcDay = dayNumber(ms);
  const sameName = byNumber(utcDay);
  if (ms < sameName.startMs) return byNumber(utcDay - 1);
  return ms < sameName.endMs ? sameName : byNumber(utcDay + 1);
}

/** `YYYY-MM-DDTHH:mm:ss` as a clock on the wall of the zone shows it. */
export function localTime(ms: number, zone: string): LocalTime {
  const day = zoneDayAt(ms, zone);
  const offsetMs = day.change && ms >= day.change.atMs ? day.change.offsetMs : day.offsetMs;
  const wallMs = ms + offsetMs;
  return `${dayText(dayNumber(wallMs))}T${clockText(wallMs)}`;
}

/** The instants whose wall clock time occurs twice on this day (end of summer time), or null. */
export function repeatedHour(day: ZoneDay): { readonly fromMs: number; readonly toMs: number } | null {
  if (!day.change) return null;
  const shiftMs = day.offsetMs - day.change.offsetMs;
  return shiftMs > 0 ? { fromMs: day.change.atMs - shiftMs, toMs: day.change.atMs + shiftMs } : null;
}

/** The instant of a wall clock time `HH:mm` on a day; a time that is skipped means the first one after it. */
export function atLocalTime(day: Day, time: string, zone: string): number {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

export const instantMs = (instant: Instant): number => Date.parse(instant);

/** The same moment, however it is written; nearly always it is written the same. */
export const sameInstant = (a: Instant, b: Instant): boolean => a === b || instantMs(a) === instantMs(b);

/** ISO 8601 in UTC with `Z`, without an empty fraction. */
export function toInstant(ms: number): Instant {
  const fraction = ms % 1000 === 0 ? '' : new Date(ms).toISOString().slice(19, 23);
  return `${dayText(dayNumber(ms))}T${clockText(ms)}${fraction}Z`;
}

export const addDays = (day: Day, days: number): Day =>
  dayText(dayNumber(Date.parse(`${day}T00:00:00Z`)) + days);
