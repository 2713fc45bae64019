import type { Policies } from './policies.js';
import type { Day, Instant, LocalTime, Seconds } from './time-entry.js';
import {
  MINUTE_MS,
  atLocalTime,
  instantMs,
  localTime,
  repeatedHour,
  toInstant,
  zoneDay,
  zoneDayAt,
} from './zone.js';

/** Where a duration lies on the clock: whole minutes, local to the zone of the target's token user. */
export type Place = {
  readonly day: Day;
  readonly begin: LocalTime;
  readonly end: LocalTime;
  readonly beginAt: Instant;
  readonly endAt: Instant;
  readonly seconds: Seconds;
};

export type PlacementInput = {
  readonly day: Day;
  readonly bookedAt: Instant;
  /** Whole minutes. */
  readonly seconds: Seconds;
  readonly placement: Policies['placement'];
  /** `HH:mm`, for `day_start`. */
  readonly dayStart: string;
  readonly zone: string;
};

/**
 * books.md, "Placement": day and month stay Zammad's, and the duration comes out on both days on which the clock
 * changes. Kimai reads local times and picks a pass of the repeated hour by rules of its own, so begin and end
 * avoid that hour.
 */
export function placeTime(input: PlacementInput): Place {
  const { day, zone, seconds } = input;
  return placeAt({ beginMs: naturalBegin(input), seconds, day, zone });
}

/** The place that begins when a person says: `HH:mm` on `day`, or a local date and time. */
export function placeFrom(
  begin: string,
  input: { readonly day: Day; readonly seconds: Seconds; readonly zone: string },
): Place {
  const [date, clock] = begin.includes('T') ? begin.split('T') : [input.day, begin];
  const day = date ?? input.day;
  const beginMs = atLocalTime(day, clock ?? '00:00', input.zone);
  return placeAt({ beginMs, seconds: input.seconds, day, zone: input.zone });
}

type Wanted = {
  readonly beginMs: number;
  readonly seconds: Seconds;
  readonly day: Day;
  readonly zone: string;
  /** What is out of the way only earlier than this is no place. */
  readonly earliestMs?: number;
};

/** The place that begins at an instant of `day`, moved out of the repeated hour if need be. */
export function placeAt(input: Wanted): Place {
  const beginMs = clearOfRepeatedHour(input);
  const endMs = beginMs + input.seconds * 1000;
  return {
    day: zoneDayAt(beginMs, input.zone).day,
    begin: localTime(beginMs, input.zone),
    end: localTime(endMs, input.zone),
    beginAt: toInstant(beginMs),
    endAt: toInstant(endMs),
    seconds: input.seconds,
  };
}

function naturalBegin({ day, bookedAt, seconds, placement, dayStart, zone }: PlacementInput): number {
  const bookedMs = Math.floor(instantMs(bookedAt) / MINUTE_MS) * MINUTE_MS;
  if (placement === 'starts_when_booked') return bookedMs;
  if (placement === 'day_start') return atLocalTime(day, dayStart, zone);
  return Math.max(zoneDay(day, zone).startMs, bookedMs - seconds * 1000);
}

function clearOfRepeatedHour(input: Wanted): number {
  const { beginMs, zone, earliestMs = 0 } = input;
  const durationMs = input.seconds * 1000;
  const day = zoneDayAt(beginMs, zone);
  // The end may lie on the next day, whose clock may change as well.
  const repeated = repeatedHour(day) ?? repeatedHour(zoneDayAt(beginMs + durationMs, zone));
  if (!repeated) return beginMs;
  const clear = (ms: number) => ms < repeated.fromMs || ms >= repeated.toMs;
  const fits = (ms: number) =>
    clear(ms) && clear(ms + durationMs) && ms >= Math.max(day.startMs, earliestMs) && ms < day.endMs;
  const choices = [
    beginMs,
    repeated.fromMs - MINUTE_MS - durationMs,
    repeated.toMs - durationMs,
    repeated.toMs,
  ];
  return choices.find(fits) ?? beginMs;
}
