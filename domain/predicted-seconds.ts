import type { RoundingMode, TargetRounding } from './target-rounding.js';
import type { Seconds } from './time-entry.js';
import type { DesiredTimesheet } from './timesheet.js';
import { instantMs } from './zone.js';

/** What is more than this share of a step above a multiple goes up: with 1 nothing does, with 0 whatever is above. */
type Share = number;
type Shares = { readonly begin: Share; readonly end: Share; readonly duration: Share };

const GOES_UP_ABOVE: Readonly<Record<RoundingMode, Shares>> = {
  default: { begin: 1, end: 0, duration: 0 },
  floor: { begin: 1, end: 1, duration: 1 },
  ceil: { begin: 0, end: 0, duration: 0 },
  // Exactly half goes down.
  closest: { begin: 0.5, end: 0.5, duration: 0.5 },
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
  const goesUpAbove = GOES_UP_ABOVE[rounding.mode];
  const counted =
    toMultiple(end, rounding.endMinutes, goesUpAbove.end) -
    toMultiple(begin, rounding.beginMinutes, goesUpAbove.begin) -
    pause;
  return toMultiple(counted, rounding.durationMinutes, goesUpAbove.duration);
}

function toMultiple(seconds: Seconds, minutes: number, goesUpAbove: Share): Seconds {
  const step = minutes * 60;
  const over = step > 0 ? seconds % step : 0;
  // Less than nothing (a begin that is rounded past the end) goes up by a whole step too, as in the target's own language.
  const goesUp = goesUpAbove === 0 ? over !== 0 : over > step * goesUpAbove;
  return seconds - over + (goesUp ? step : 0);
}
