import type { Seconds } from './time-entry.js';

/** Rounding to whole minutes, once per lead, explains less than this. */
const MINUTE: Seconds = 60;

/**
 * The *rounding* of a lead after a write: what the target returned minus what was sent, plus what whole minutes left
 * over. A larger rest is not rounding: it stays visible as a broken sum (books.md, "The sum must come out").
 */
export function roundingAfterWrite(write: {
  readonly sent: Seconds;
  readonly returned: Seconds;
  /** Σ of the lead's other rows, as last agreed. */
  readonly otherRows: Seconds;
  /** Σ of its members, signed. */
  readonly members: Seconds;
  readonly accepted: Seconds;
  /** The rounding the lead had before. */
  readonly before: Seconds;
}): Seconds {
  const byTarget = write.returned - write.sent;
  const rest = write.otherRows + write.sent - write.members - write.accepted;
  const explained = Math.abs(rest) < MINUTE || Math.abs(rest - write.before) < MINUTE;
  return explained ? rest + byTarget : byTarget;
}
