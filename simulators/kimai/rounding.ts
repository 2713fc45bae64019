import type { Settings } from './settings.js';
import { weekdayOf } from './zones.js';

type Mode = 'floor' | 'ceil' | 'closest';

/** The times of a stopped record, in seconds. */
export interface Times {
  readonly begin: number;
  readonly end: number;
  readonly break: number;
  readonly duration: number;
}

/** Rounds seconds to a multiple of `minutes`; 0 minutes leaves them. Exactly half goes down with `closest`. */
export function round(seconds: number, minutes: number, mode: Mode): number {
  const step = minutes * 60;
  const over = step > 0 ? seconds % step : 0;
  if (over === 0) return seconds;
  const up = mode === 'ceil' || (mode === 'closest' && over > step / 2);
  return seconds - over + (up ? step : 0);
}

function modes(name: string): { readonly begin: Mode; readonly end: Mode; readonly duration: Mode } {
  if (name === 'floor' || name === 'ceil' || name === 'closest')
    return { begin: name, end: name, duration: name };
  return { begin: 'floor', end: 'ceil', duration: 'ceil' };
}

/** The rounding rule that stopped records get whenever they are stored; the weekday is that of the end. */
export function roundTimes(settings: Settings, times: Omit<Times, 'duration'>, zone: string): Times {
  const plain = { ...times, duration: times.end - times.begin - times.break };
  if (!appliesOn(settings, weekdayOf(zone, times.end))) return plain;
  const mode = modes(settings.text('timesheet.rounding.default.mode'));
  const begin = round(times.begin, settings.number('timesheet.rounding.default.begin'), mode.begin);
  const end = round(times.end, settings.number('timesheet.rounding.default.end'), mode.end);
  const exact = end - begin - times.break;
  const duration = round(exact, settings.number('timesheet.rounding.default.duration'), mode.duration);
  return { begin, end, break: times.break, duration };
}

/** The begin that a new record has when none is sent: now, rounded. */
export function roundBegin(settings: Settings, begin: number, zone: string): number {
  if (!appliesOn(settings, weekdayOf(zone, begin))) return begin;
  const mode = modes(settings.text('timesheet.rounding.default.mode'));
  return round(begin, settings.number('timesheet.rounding.default.begin'), mode.begin);
}

function appliesOn(settings: Settings, weekday: string): boolean {
  return settings
    .text('timesheet.rounding.default.days')
    .split(',')
    .some((day) => day.trim().toLowerCase() === weekday);
}
