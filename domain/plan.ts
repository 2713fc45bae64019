import type { ConflictFacts } from './conflict.js';
import type { LinkMember } from './link.js';
import type { Provision } from './provision.js';
import type { Reason } from './reason.js';
import type { Instant, Seconds, SourceBase } from './time-entry.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from './timesheet.js';

/** Every step says by which rule or policy and why; `leadId` is our id of the lead entry. */
type StepBase = { readonly leadId: string; readonly by: StepCause; readonly why: Reason };

/** What settled the step: the bridge's policy, a rule of the bridge, or a person's decision. */
export type StepCause =
  | { readonly kind: 'policy' }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly revision: number }
  | { readonly kind: 'decision'; readonly decisionId: string };

/** What the link becomes with the step. `acceptedSeconds` in a step is the link's new total, not a difference. */
type LinkFacts = { readonly members: readonly LinkMember[]; readonly sourceBase: SourceBase };

/**
 * What a reconciliation decided, as data. Nothing has happened yet: `apply` carries it out,
 * comparing the facts each step names with what is there then.
 */
export type Step =
  | (StepBase & { readonly kind: 'in_sync'; readonly linkId: string | null })
  /** Link rows that are there already; no write. The difference, if any, is accepted by a decision. */
  | (StepBase &
      LinkFacts & {
        readonly kind: 'adopt';
        readonly linkId: string | null;
        readonly rows: readonly Timesheet[];
        readonly acceptedSeconds: Seconds;
      })
  | (StepBase &
      LinkFacts & {
        readonly kind: 'create';
        readonly linkId: string | null;
        readonly role: 'main' | 'correction';
        /** 1 for the main row, then the numbers of the markers of correction rows. */
        readonly sequence: number;
        readonly desired: DesiredTimesheet;
        /** More than what people accepted before only where a person gave the row another duration. */
        readonly acceptedSeconds: Seconds;
        /** Null when the bridge writes no markers. */
        readonly marker: string | null;
      })
  | (StepBase &
      LinkFacts & {
        readonly kind: 'update';
        /** Null when the row becomes linked with this write (a match whose duration is corrected). */
        readonly linkId: string | null;
        /** The row as the plan saw it; changed since → the step is dropped and planned again. */
        readonly row: Timesheet;
        readonly changes: TimesheetChanges;
        readonly desired: DesiredTimesheet;
        readonly acceptedSeconds: Seconds;
        /** The question that it answers, where that is about another lead (a deduction). */
        readonly subject?: string;
      })
  | (StepBase &
      LinkFacts & {
        readonly kind: 'delete';
        readonly linkId: string | null;
        readonly row: Timesheet;
        /** Keep the link (its lead stands, e.g. net zero) or close it with the row. */
        readonly closes: boolean;
      })
  /** Both bases move to what is there now; nothing is written (*keep Kimai*, other words, both moved alike). */
  | (StepBase &
      LinkFacts & {
        readonly kind: 'accept';
        readonly linkId: string;
        readonly rows: readonly Timesheet[];
        readonly acceptedSeconds: Seconds;
        /** What whole minutes and the target's own rounding explain of the difference, as it is now. */
        readonly roundingSeconds: Seconds;
        readonly closes: boolean;
      })
  /** A mapping that a gap's decision makes; entries behind it are planned again. */
  | (StepBase & {
      readonly kind: 'map';
      readonly gap: 'unmapped_activity' | 'unmapped_user' | 'unmapped_customer';
      readonly key: string;
      readonly targetId: string | null;
    })
  /** A customer and a project that the target gets, unless they are there; entries behind it are planned again. */
  | (StepBase & {
      readonly kind: 'provision';
      /** The mapping that is missing. */
      readonly key: string;
      readonly provision: Provision;
      readonly entryIds: readonly string[];
      readonly seconds: Seconds;
    })
  | (StepBase & { readonly kind: 'skip'; readonly entryIds: readonly string[] })
  /** Clear, but not yet: quiet period, an end in the future, a paused target. */
  | (StepBase & {
      readonly kind: 'wait';
      readonly entryIds: readonly string[];
      readonly until: Instant | null;
    })
  | (StepBase & { readonly kind: 'ask'; readonly facts: ConflictFacts });

export type StepKind = Step['kind'];

/** Where an entry stands after a plan (design.md: each entry in scope is in exactly one of these). */
export const ENTRY_STATES = ['agreed', 'waiting', 'skipped', 'pending', 'before_start'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

export type EntryOutcome = {
  readonly entryId: string;
  readonly state: EntryState;
  readonly why: Reason;
  /** Subjects of the conflicts it waits behind. */
  readonly subjects: readonly string[];
};

export type Plan = {
  readonly steps: readonly Step[];
  /** One per entry that was handed in and is not deleted. */
  readonly outcomes: readonly EntryOutcome[];
};
