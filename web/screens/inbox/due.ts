import { REMINDED_AFTER_MS } from '../../../domain/conflict';
import type { ConflictRow } from '../../data/conflicts';

/** When people are first reminded of a case, and whether that is over; null for one that waits for nobody just now. */
export function dueOf(row: ConflictRow, now: Date): { readonly at: Date; readonly over: boolean } | null {
  if (row.state !== 'open' || row.snoozedUntilChange) return null;
  if (row.snoozedUntil !== null && Date.parse(row.snoozedUntil) > now.getTime()) return null;
  const first = Date.parse(row.openedAt) + REMINDED_AFTER_MS;
  // A case that comes back in the morning is not overdue before that morning.
  const at = new Date(Math.max(first, row.snoozedUntil === null ? first : Date.parse(row.snoozedUntil)));
  return { at, over: at <= now };
}
