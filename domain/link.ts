import type { Seconds, SourceBase } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

export type LinkMember = { readonly entryId: string; readonly signedSeconds: Seconds };

export type LinkedRow = {
  readonly externalId: string;
  readonly role: 'main' | 'correction';
  /** 1 for the main row; 2, 3, … are the numbers in the markers of correction rows. */
  readonly sequence: number;
  /** The record as the target returned it at the last agreement. */
  readonly targetBase: Timesheet;
};

/** "These timesheets are that lead", with both bases as of the last agreement. */
export type Link = {
  readonly id: string;
  readonly leadId: string;
  /** The lead's own facts as of the last agreement; the netted sum is that of `members`. */
  readonly sourceBase: SourceBase;
  readonly members: readonly LinkMember[];
  readonly rows: readonly LinkedRow[];
  /** Set only by a write: returned − sent. */
  readonly roundingSeconds: Seconds;
  /** Set only by a decision. */
  readonly acceptedSeconds: Seconds;
  /** An accepted deletion: no rows remain and none are wanted. */
  readonly closed: boolean;
};
