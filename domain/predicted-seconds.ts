import type { RoundingMode, TargetRounding } from './target-rounding.js';
import type { Seconds } from './time-entry.js';
import type { DesiredTimesheet } from './timesheet.js';
import { instantMs } from './zone.js';

type Direction = 'down' | 'up' | 'closest';
type Directions = { readonly begin: Direction; readonly end: Direction; readonly duration: Direction };

const DIRECTIONS: Readonly<Record<RoundingMode, Directions>> = {
  default: { begin: 'down', end: 'up', duration: 'up' },
  floor: { begin: 'down', end: 'down', duration: 'down' },
  ceil: { begin: 'up', end: 'up', duration: 'up' },
  closest: { begin: 'closest', end: 'closest', duration: 'closest' },
};

/** The duration that the target will say of a row that is sent like this; what is sent, where it rounds nothing. */
export function predictedSeconds(
  { beginAt, endAt, seconds }: Pick<DesiredTimesheet, 'beginAt' | 'endAt' | 'seconds'>,
  rounding: TargetRounding | null | undefined,
): Seconds {
  if (!rounding) return seconds;
  const begin = instantMs(beginAt) / 1000;
  const end = instantMs(endAt) / 1000;
  // A break lies within begin and end and is not counted.
  const pause = end - begin - seconds;
  const direction = DIRECTIONS[rounding.mode];
  const counted =
    toMultiple(end, rounding.endMinutes, direction.end) -
    toMultiple(begin, rounding.beginMinutes, direction.begin) -
    pause;
  return toMultiple(counted, rounding.durationMinutes, direction.duration);
}

/** Exactly half goes down with `closest`. */
function toMultiple(seconds: Seconds, minutes: number, direction: Direction): Seconds {
  const step = minutes * 60;
  const over = step > 0 ? seconds % step : 0;
  if (over === 0) return seconds;
  const up = direction === 'up' || (direction === 'closest' && over > step / 2);
  return seconds - over + (up ? step : 0);
}
