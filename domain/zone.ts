import { Temporal } from 'temporal-polyfill';
import type { Day, Instant, LocalTime } from './time-entry.js';

const DAY_MS = 86_400_000;
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

// A memo of a pure function; cleared when full, so that a long-lived worker stays small.
const MEMO_LIMIT = 20_000;
const memo = new Map<string, ZoneDay>();

/** The calendar day `day` in `zone`. Throws RangeError on an unknown zone or a day that does not exist. */
export function zoneDay(day: Day, zone: string): ZoneDay {
  const key = `${day} ${zone}`;
  const known = memo.get(key);
  if (known) return known;
  const date = Temporal.PlainDate.from(day);
  const start = date.toZonedDateTime(zone);
  const endMs = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const found: ZoneDay = {
    day,
    startMs: start.epochMilliseconds,
    endMs,
    offsetMs: start.offsetNanoseconds / 1e6,
    change: changeWithin(start, endMs),
  };
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(key, found);
  return found;
}

function changeWithin(start: Temporal.ZonedDateTime, endMs: number): ZoneDay['change'] {
  const next = start.getTimeZoneTransition('next');
  if (!next || next.epochMilliseconds >= endMs) return null;
  return { atMs: next.epochMilliseconds, offsetMs: next.offsetNanoseconds / 1e6 };
}

/** The zone's calendar day that holds the instant. */
export function zoneDayAt(ms: number, zone: string): ZoneDay {
  const utc = dayText(ms);
  const sameDay = zoneDay(utc, zone);
  if (ms < sameDay.startMs) return zoneDay(addDays(utc, -1), zone);
  return ms < sameDay.endMs ? sameDay : zoneDay(addDays(utc, 1), zone);
}

/** `YYYY-MM-DDTHH:mm:ss` as a clock on the wall of the zone shows it. */
export function localTime(ms: number, zone: string): LocalTime {
  const day = zoneDayAt(ms, zone);
  const offsetMs = day.change && ms >= day.change.atMs ? day.change.offsetMs : day.offsetMs;
  return new Date(ms + offsetMs).toISOString().slice(0, 19);
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

/** ISO 8601 in UTC with `Z`, without an empty fraction. */
export const toInstant = (ms: number): Instant => new Date(ms).toISOString().replace('.000Z', 'Z');

const dayText = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

export const addDays = (day: Day, days: number): Day =>
  dayText(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
