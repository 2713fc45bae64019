import type { BookedEntry } from './reconcile-input.js';
import type { Instant } from './time-entry.js';
import { instantMs } from './zone.js';

/** Compares ids of external systems: numbers as numbers, whatever their length, everything else as text. */
export function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (numeric && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By booking time, then by the source's id: the order in which people worked. */
export function byBooking(a: BookedEntry, b: BookedEntry): number {
  const earlier = compareInstants(a.frozen.bookedAt, b.frozen.bookedAt);
  return earlier !== 0 ? earlier : compareIds(a.entry.sourceId, b.entry.sourceId);
}

/** Texts of one form sort as they are; only different forms (with and without a fraction) need the clock. */
function compareInstants(a: Instant, b: Instant): number {
  if (a === b) return 0;
  return a.length === b.length ? (a < b ? -1 : 1) : instantMs(a) - instantMs(b);
}
