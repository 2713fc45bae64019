import { relativeDate } from './relative-date.js';
import type { KimaiState } from './state.js';
import { beginByMode } from './tracking-mode.js';
import { type LocalSeconds, parseLenient, parseStrict, toInstant, toLocal } from './zones.js';

const HOUR = 3_600;
const DAY = 86_400;

/** Times that a new record has before anything of the body is read. */
export interface Prefilled {
  readonly begin: number;
  readonly end: number | null;
}

/**
 * The times of a new record: now, or what the address names, as Kimai's calendar does. `begin` and `end` are days: one day
 * alone keeps the time of day, two mean 10:00 to 18:00. `from` and `to` are moments and win. What cannot be read is not
 * there, and only the mode `default` looks at any of it.
 */
export function prefilled(state: KimaiState, query: URLSearchParams, zone: string): Prefilled {
  const named =
    state.settings.text('timesheet.mode') === 'default' ? namedTimes(state, query, zone) : undefined;
  return { begin: beginByMode(state, named?.begin ?? state.now(), zone), end: named?.end ?? null };
}

function namedTimes(state: KimaiState, query: URLSearchParams, zone: string): Prefilled | undefined {
  const from = momentOf(state, query.get('from'), zone);
  const days = namedDays(state, query, zone);
  if (from === undefined) return days;
  return { begin: from, end: momentOf(state, query.get('to'), zone) ?? days?.end ?? null };
}

function namedDays(state: KimaiState, query: URLSearchParams, zone: string): Prefilled | undefined {
  const first = midnightOf(query.get('begin'));
  if (first === undefined) return undefined;
  const last = midnightOf(query.get('end'));
  if (last === undefined)
    return { begin: toInstant(zone, first + (toLocal(zone, state.now()) % DAY)), end: null };
  return { begin: toInstant(zone, first + 10 * HOUR), end: toInstant(zone, last + 18 * HOUR) };
}

/** Midnight of a day by the clock on the wall. */
function midnightOf(day: string | null): LocalSeconds | undefined {
  return day === null ? undefined : parseStrict(`${day}T00:00:00`);
}

/** A moment as PHP reads it: a date with its time, or a phrase like `tomorrow`. */
function momentOf(state: KimaiState, text: string | null, zone: string): number | undefined {
  if (text === null) return undefined;
  return parseLenient(zone, text) ?? relativeDate(text)?.(zone, state.now());
}
