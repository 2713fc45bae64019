import type { BookedEntry, ReconcileInput } from '../reconcile-input.js';
import type { Day, Seconds } from '../time-entry.js';
import { atWallClock, dayAfter, isNearClockChange, localDay, msOf, startOfDay } from './calendar.js';
import type { Books } from './books.js';

const MINUTE_MS = 60_000;

/** Where a new row lies: null while the clock is changed nearby (then it is checked, not predicted). */
export type Place = { readonly day: Day; readonly fromMs: number | null; readonly seconds: Seconds };

export type NewRow = {
  readonly lead: BookedEntry;
  /** Whole minutes. */
  readonly seconds: Seconds;
  readonly userId: string;
  /** The day it is booked on, when not the entry's own. */
  readonly openDay: Day | null;
  /** Begin as a person typed it: `HH:mm` or with a date. */
  readonly begin: string | null;
};

/** By the policy for placement; where times must not overlap the next free minute of that day, else an earlier one. */
export function placeOf({ input, taken }: Books, row: NewRow): Place | 'full' {
  const { timeZone: zone, target } = input.bridge;
  const { day, time } = wantedAt(input, row);
  const fromMs = time === null ? byPolicy(input, row) : atWallClock(day, time.slice(0, 5), zone);
  const { seconds } = row;
  const lying = (ms: number): Place => {
    const isHidden = isNearClockChange(ms, ms + seconds * 1000, zone);
    return { day, fromMs: isHidden ? null : ms, seconds };
  };
  if (target.allowsOverlap) return lying(fromMs);
  const isFree = (ms: number): boolean =>
    localDay(ms, zone) === day &&
    taken.every(
      (one) => one.userId !== row.userId || one.fromMs >= ms + row.seconds * 1000 || one.toMs <= ms,
    );
  const endOfDay = startOfDay(dayAfter(day, 1), zone);
  for (const start of [fromMs, startOfDay(day, zone)])
    for (let ms = start; ms < endOfDay; ms += MINUTE_MS) if (isFree(ms)) return lying(ms);
  return 'full';
}

function wantedAt({ bridge }: ReconcileInput, row: NewRow): { day: Day; time: string | null } {
  const own = row.lead.frozen.entryDate;
  const day = row.openDay ?? own;
  if (row.begin?.includes('T')) return { day: row.begin.slice(0, 10), time: row.begin.slice(11) };
  return { day, time: row.begin ?? (day === own ? null : bridge.policies.dayStart) };
}

function byPolicy({ bridge }: ReconcileInput, { lead, seconds }: NewRow): number {
  const { timeZone: zone, policies } = bridge;
  const { entryDate, bookedAt } = lead.frozen;
  const booked = msOf(bookedAt) - (msOf(bookedAt) % MINUTE_MS);
  if (policies.placement === 'starts_when_booked') return booked;
  if (policies.placement === 'day_start') return atWallClock(entryDate, policies.dayStart, zone);
  return Math.max(startOfDay(entryDate, zone), booked - seconds * 1000);
}
