import type { Cursor } from '../db/stores/cursors.js';
import type { Instant } from '../domain/time-entry.js';

/** When a reading began, by our clock and by the server's. */
export type ReadingStart = { readonly readAt: Instant; readonly serverTime: Instant };

/** A clock that moved by less is covered by the overlap of two readings. */
const NOTABLE_MS = 60_000;

/** How far the server's clock is ahead of ours; negative when it is behind. */
const aheadMs = ({ readAt, serverTime }: ReadingStart): number => Date.parse(serverTime) - Date.parse(readAt);

/** The cursor after a complete reading: `overlapMs` before its start, by the server's clock. */
export const cursorAt = (start: ReadingStart, overlapMs: number): Cursor => ({
  value: new Date(Date.parse(start.serverTime) - overlapMs).toISOString(),
  aheadMs: aheadMs(start),
});

/**
 * Where a reading must begin once more because the server's clock was set back after the last one: what changed since
 * then carries stamps from before the cursor. Null when the clock went on as ours did.
 */
export function sinceBeforeJump(cursor: Cursor, start: ReadingStart): Instant | null {
  if (cursor.aheadMs === null) return null;
  const backMs = cursor.aheadMs - aheadMs(start);
  return backMs < NOTABLE_MS ? null : new Date(Date.parse(cursor.value) - backMs).toISOString();
}
