import { placeAt, type Place } from './placement.js';
import type { Occupied } from './reconcile-input.js';
import type { Timesheet } from './timesheet.js';
import { MINUTE_MS, instantMs, zoneDay } from './zone.js';

type Interval = { readonly fromMs: number; readonly toMs: number };

/** Which times of a person are taken in Kimai, or will be by this plan; for targets that forbid overlaps. */
export class Occupancy {
  private readonly taken = new Map<string, Interval[]>();

  constructor(
    rows: readonly Timesheet[],
    occupied: readonly Occupied[],
    private readonly zone: string,
  ) {
    for (const { userId, ...times } of occupied) this.take(userId, times);
    for (const row of rows) {
      if (row.deletedAt !== null) continue;
      const fromMs = instantMs(row.begin);
      this.add(row.userId, {
        fromMs,
        toMs: row.end === null ? Number.POSITIVE_INFINITY : instantMs(row.end),
      });
    }
  }

  /** The place itself, or the next free one of the same day, else an earlier one; null when the day is full. */
  freePlace(userId: string, place: Place): Place | null {
    const wantedMs = instantMs(place.beginAt);
    return (
      this.firstFree(userId, place, wantedMs) ??
      this.firstFree(userId, place, zoneDay(place.day, this.zone).startMs)
    );
  }

  take(userId: string, place: Pick<Place, 'beginAt' | 'endAt'>): void {
    this.add(userId, { fromMs: instantMs(place.beginAt), toMs: instantMs(place.endAt) });
  }

  private add(userId: string, interval: Interval): void {
    const known = this.taken.get(userId);
    if (known) known.push(interval);
    else this.taken.set(userId, [interval]);
  }

  private firstFree(userId: string, place: Place, fromMs: number): Place | null {
    const { endMs } = zoneDay(place.day, this.zone);
    // Stryker disable next-line all: leaves out what cannot matter, so that little is sorted
    const isNear = (one: Interval) => one.toMs > fromMs && one.fromMs < endMs + place.seconds * 1000;
    // Touching ends are fine for Kimai. Rows are few per person and day; a person's rows are sorted once a search.
    const near = (this.taken.get(userId) ?? []).filter(isNear).sort((a, b) => a.fromMs - b.fromMs);
    let beginMs = fromMs;
    for (const interval of near) {
      const candidate = this.placeFrom(beginMs, place);
      if (interval.fromMs >= instantMs(candidate.endAt)) break;
      if (interval.toMs > instantMs(candidate.beginAt))
        beginMs = Math.ceil(interval.toMs / MINUTE_MS) * MINUTE_MS;
      // Behind a running timer there is no place, nor behind the end of the day.
      if (beginMs >= endMs) return null;
    }
    return this.placeFrom(beginMs, place);
  }

  /** Never earlier, not even around the repeated hour: what ended before was looked at already. */
  private placeFrom(beginMs: number, { seconds, day }: Place): Place {
    return placeAt({ beginMs, earliestMs: beginMs, seconds, day, zone: this.zone });
  }
}
