import type { Decision } from './conflict.js';
import type { Link } from './link.js';
import type { BridgeRules } from './policies.js';
import type { Rule } from './rules.js';
import type { EntryState } from './plan.js';
import type { Instant, TimeEntry } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/** An entry in this bridge: the fact, and what was frozen or remembered at first sight. */
export type BookedEntry = {
  readonly entry: TimeEntry;
  /** Person and booking time as first seen (a deleted agent becomes user 1: nothing moves). */
  readonly frozen: { readonly userId: string; readonly bookedAt: Instant; readonly entryDate: string };
  readonly firstSeenAt: Instant;
  /** When this bridge saw it last in another state; null when it is new here. */
  readonly state: EntryState | null;
};

/**
 * Both books, as far as one reconciliation looks: every entry and link of the tickets in question,
 * every row linked to them, and the unlinked rows of their persons and days (± 3 days).
 */
export type ReconcileInput = {
  readonly bridge: BridgeRules;
  readonly now: Instant;
  readonly entries: readonly BookedEntry[];
  readonly links: readonly Link[];
  /** As last read, tombstones included. */
  readonly rows: readonly Timesheet[];
  /** External ids linked by any link of the target connector: never candidates. */
  readonly linkedElsewhere: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  /** The newest decision per subject, in force as long as the version is the same. */
  readonly decisions: readonly Decision[];
  /** What Kimai answered to the last try of a lead: subject → the refusal as facts. */
  readonly refusals: Readonly<Record<string, { readonly code: string; readonly quoted: readonly string[]; readonly sent: string }>>;
  /** True inside a first run that an admin confirmed: entries older than 35 days are not asked. */
  readonly firstRun: boolean;
  /** Hash of a canonical text; given in, so that the domain needs no crypto. */
  readonly hash: (canonical: string) => string;
};
