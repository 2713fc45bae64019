import type { BookedEntry } from './reconcile-input.js';
import { instantMs } from './zone.js';

/** Compares ids of external systems: numbers as numbers, whatever their length, everything else as text. */
export function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (numeric && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By booking time, then by the source's id: the order in which people worked. */
export function byBooking(a: BookedEntry, b: BookedEntry): number {
  const earlier = instantMs(a.frozen.bookedAt) - instantMs(b.frozen.bookedAt);
  return earlier !== 0 ? earlier : compareIds(a.entry.sourceId, b.entry.sourceId);
}
