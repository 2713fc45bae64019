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
  /** An admin had today's mappings and template re-applied to what is written and still open. */
  readonly reapply?: boolean;
};

/** A written lead that rests: its facts are as they were agreed, and its rows as last read. */
export type OpenElsewhere = {
  readonly lead: BookedEntry;
  readonly link: Link;
  readonly rows: readonly Timesheet[];
};

/** A time that a person of the target is taken. */
export type Occupied = { readonly userId: string; readonly beginAt: Instant; readonly endAt: Instant };

/**
 * `code` is a refusal as classified for display, or `reverted` (a person undid the write: no policy writes it
 * again), or `unknown_outcome` (no answer came and no marker can be searched). `sent` is `desiredKey` of what was
 * sent: as long as the plan would send the same, a person is asked; otherwise it is simply tried again.
 */
export type Refusal = {
  readonly code: string;
  /** The other system's own words, for display. */
  readonly quoted: readonly string[];
  readonly sent: string;
  /** A later refusal of the same thing asks again, even after *retry*. */
  readonly at: Instant;
  /**
   * What a person had chosen when it was tried, in force or not: the newest decision about the case itself, and the
   * newest *edit and retry*.
   */
  readonly decided?: readonly Decision[];
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
  /** External ids that are linked, or candidates of an open question about an entry that is not looked at: never candidates. */
  readonly linkedElsewhere: ReadonlySet<string>;
  /** Times of persons that other entries use already, or will by writes that are planned; asked for where the target forbids overlaps. */
  readonly occupied?: readonly Occupied[];
  /** Leads of other tickets with open rows, that less time of an exported row may be deducted from. */
  readonly openElsewhere?: readonly OpenElsewhere[];
  readonly rules: readonly Rule[];
  /** The newest decision per subject, in force as long as the version is the same. */
  readonly decisions: readonly Decision[];
  /** How the last try of a lead ended, when it did not end in a write: subject → what is known. */
  readonly refusals: Readonly<Record<string, Refusal>>;
  /** True inside a first run that an admin confirmed: entries older than 35 days are not asked. */
  readonly firstRun: boolean;
  /** When an admin confirmed the first run: entries staged until then are not asked for their age, in any run. */
  readonly firstRunConfirmedAt?: Instant | null;
  /** Links of the whole bridge, when `links` is only a batch of them: the guards measure against it. */
  readonly linksOfBridge?: number;
  /** The plan is one batch of a run that counts over all of them, or an admin let the guard go ahead. */
  readonly countedByRun?: boolean;
  /** Project id → order number, where Kimai knows one: it counts as the ticket number of all its rows. */
  readonly orderNumbers?: Readonly<Record<string, string>>;
  /** Hash of a canonical text; given in, so that the domain needs no crypto. */
  readonly hash: (canonical: string) => string;
};
