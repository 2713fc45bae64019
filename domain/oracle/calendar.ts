import type { Day, Instant, Seconds } from '../time-entry.js';

/*
 * The calendar of the oracle: asks the platform's own formatter, minute by minute if need be. Slow on purpose.
 */
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();

/** `YYYY-MM-DD HH:mm:ss` as a clock on a wall of the zone shows it. */
export function wallClock(ms: number, zone: string): string {
  const known = formats.get(zone);
  const format =
    known ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  return format.format(ms);
}

export const localDay = (ms: number, zone: string): Day => wallClock(ms, zone).slice(0, 10);

export const msOf = (instant: Instant): number => new Date(instant).getTime();

export const dayAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The first instant of a day: looks at every quarter of an hour around it. */
export function startOfDay(day: Day, zone: string): number {
  const known = starts.get(`${zone} ${day}`);
  if (known !== undefined) return known;
  let ms = Date.parse(`${day}T00:00:00Z`) - 15 * 3_600_000;
  while (localDay(ms, zone) < day) ms += 15 * MINUTE_MS;
  starts.set(`${zone} ${day}`, ms);
  return ms;
}

const NEAR_MS = 3 * 3_600_000;
const fromUtc = (ms: number, zone: string): number =>
  Date.parse(`${wallClock(ms, zone).replace(' ', 'T')}Z`) - ms;

/** The clock is changed within three hours of this time: where it lies then is checked, not predicted. */
export const isNearClockChange = (fromMs: number, toMs: number, zone: string): boolean =>
  fromUtc(fromMs - NEAR_MS, zone) !== fromUtc(toMs + NEAR_MS, zone);

/** The instant of a wall clock time, hours away from any change of the clock. */
export function atWallClock(day: Day, time: string, zone: string): number {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  return wanted - fromUtc(wanted - fromUtc(wanted, zone), zone);
}

/** Nearest whole minutes, at least one. */
export const wholeMinutes = (seconds: Seconds): Seconds =>
  seconds <= 0 ? 0 : Math.max(1, Math.round(seconds / 60)) * 60;

/** A decimal text times whole seconds, by hand on digits; null when it is no number or does not come out even. */
export function secondsOfText(text: string, secondsPerUnit: number): Seconds | null {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return null;
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  let rest = Number(`${whole}${fraction}`) * secondsPerUnit;
  for (const _digit of fraction) {
    if (rest % 10 !== 0) return null;
    rest /= 10;
  }
  return isNegative && rest !== 0 ? -rest : rest;
}
