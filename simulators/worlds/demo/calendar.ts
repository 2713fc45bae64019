import { instantOfWallTime } from '../../zammad/month-bounds.js';

export const ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;

const dateFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });
const clockFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, timeStyle: 'short' });

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDate(at: Date): string {
  return dateFormat.format(at);
}

/** The local clock of an instant, in minutes after midnight. */
export function localMinutes(at: Date): number {
  const clock = clockFormat.format(at);
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** The date `days` after another; negative counts back. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The instant of a local clock time, given in minutes after midnight (seconds may be added). */
export function instantAt(date: string, minutes: number, seconds = 0): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 + seconds * 1000;
  return new Date(instantOfWallTime(wall, ZONE));
}

/** The first day of the month `months` after the date's; negative counts back. */
export function monthStart(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
