import { Temporal } from 'temporal-polyfill';

/** The instants that a date expression covers, in milliseconds: `2024-05` is the whole month. */
export type Span = { readonly fromMs: number; readonly toMs: number };

const FORM =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const STEPS = /([+-])(\d+)([yMwdhHms])|\/([yMwdhHms])/g;
type Unit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds';
const UNITS: Readonly<Record<string, Unit>> = {
  y: 'years',
  M: 'months',
  w: 'weeks',
  d: 'days',
  h: 'hours',
  H: 'hours',
  m: 'minutes',
  s: 'seconds',
};

type Zoned = Temporal.ZonedDateTime;

function startOf(at: Zoned, unit: Unit): Zoned {
  if (unit === 'weeks') return startOf(at.subtract({ days: at.dayOfWeek - 1 }), 'days');
  if (unit === 'years') return startOf(at.with({ month: 1, day: 1 }), 'days');
  if (unit === 'months') return startOf(at.with({ day: 1 }), 'days');
  if (unit === 'days') return at.startOfDay();
  const clock = { hours: 'hour', minutes: 'minute', seconds: 'second' } as const;
  return at.round({ smallestUnit: clock[unit], roundingMode: 'floor' });
}

const span = (from: Zoned, unit: Unit): Span => ({
  fromMs: from.epochMilliseconds,
  toMs: from.add({ [unit]: 1 }).epochMilliseconds - 1,
});

/** A literal date: what it leaves out is covered whole. Without an offset it is read in the given zone. */
function literal(text: string, zone: string): Span | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const [, year = '', month, day, hour, minute, second, fraction, offset] = match;
  const place = offset === undefined ? zone : offset.toUpperCase() === 'Z' ? 'UTC' : offset;
  try {
    const fields = {
      year: Number(year),
      month: Number(month ?? 1),
      day: Number(day ?? 1),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
    };
    const from = Temporal.ZonedDateTime.from({ ...fields, timeZone: place }, { overflow: 'reject' });
    if (fraction !== undefined) return { fromMs: from.epochMilliseconds, toMs: from.epochMilliseconds };
    if (second !== undefined) return span(from, 'seconds');
    if (minute !== undefined) return span(from, 'minutes');
    if (hour !== undefined) return span(from, 'hours');
    if (day !== undefined) return span(from, 'days');
    return span(from, month === undefined ? 'years' : 'months');
  } catch {
    return null;
  }
}

/** Date math: `now-1d/d`, `2024-05-01||+1M/M`. */
function math(anchor: Zoned, steps: string): Span | null {
  if (steps.replace(STEPS, '') !== '') return null;
  let at = anchor;
  let rounded: Unit | null = null;
  for (const [, sign, count, unit = '', rounding] of steps.matchAll(STEPS)) {
    rounded = rounding === undefined ? null : (UNITS[rounding] ?? null);
    if (rounded) at = startOf(at, rounded);
    else at = at.add({ [UNITS[unit] ?? 'days']: (sign === '-' ? -1 : 1) * Number(count) });
  }
  return rounded ? span(at, rounded) : { fromMs: at.epochMilliseconds, toMs: at.epochMilliseconds };
}

/** Reads a date expression as Elasticsearch does; null when it is none. */
export function dateSpan(text: string, zone: string, nowMs: number): Span | null {
  const anchorAt = (ms: number): Zoned => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  if (text.startsWith('now')) return math(anchorAt(nowMs), text.slice(3));
  const [date = '', steps] = text.split('||');
  const read = literal(date, zone);
  return read && steps !== undefined ? math(anchorAt(read.fromMs), steps) : read;
}
