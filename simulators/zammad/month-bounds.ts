// Making a formatter is a thousand times dearer than using one.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const style = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...style });
  formatters.set(zone, made);
  return made;
}

/** What the wall clock of a zone shows at an instant, read as if it were UTC (milliseconds). */
function wallClock(atMs: number, zone: string): number {
  const parts = formatterOf(zone).formatToParts(new Date(atMs));
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The instant at which a zone's clock shows the given wall time (itself given as UTC milliseconds). */
export function instantOfWallTime(wallMs: number, zone: string): number {
  const guess = wallMs - (wallClock(wallMs, zone) - wallMs);
  return guess - (wallClock(guess, zone) - wallMs);
}

/** First instant of a month and of the next one in a zone, as ISO text. `month` counts from 1. */
export function monthBounds(year: number, month: number, zone: string): readonly [from: string, to: string] {
  const start = (index: number): string =>
    new Date(instantOfWallTime(Date.UTC(year, index, 1), zone)).toISOString();
  return [start(month - 1), start(month)];
}
