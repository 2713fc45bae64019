import type { ConflictKind } from './conflict.js';
import type { StepKind } from './plan.js';
import type { ProvisionDoubt } from './provision.js';
import type { Reason } from './reason.js';
import type { Day, Seconds } from './time-entry.js';

export type Counted = { readonly count: number; readonly seconds: Seconds };

/** One kind of step for one customer in one month; seconds are what Kimai gains, loses or has, or what waits. */
export type PreviewLine = Counted & {
  readonly month: string;
  readonly customerKey: string;
  readonly customerName: string | null;
  readonly kind: StepKind;
};

export type PreviewQuestion = Counted & {
  readonly kind: ConflictKind;
  /** Code of the reason, e.g. `missing_old`. */
  readonly cause: string;
  readonly entryCount: number;
};

export type PreviewGap = {
  readonly kind: ConflictKind;
  readonly key: string;
  readonly name: string;
  readonly entryCount: number;
  readonly seconds: Seconds;
};

/** Who the target would get; `makes` is `nothing` where both are there, and `doubt` says why a person is asked. */
export type PreviewProvision = {
  readonly key: string;
  readonly name: string;
  readonly makes: 'customer' | 'project' | 'nothing' | 'question';
  readonly doubt: ProvisionDoubt | null;
  readonly entryCount: number;
  readonly seconds: Seconds;
};

export type PreviewSample = {
  readonly kind: StepKind;
  readonly sourceId: string;
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  readonly customerName: string | null;
  readonly personName: string;
  readonly day: Day;
  readonly seconds: Seconds;
  readonly why: Reason;
};

/** Open cases that the plan settles by itself, by who settles them and what that does; `ask`: still for people. */
export type PreviewOpenCases = {
  readonly by: 'policy' | 'rule' | 'decision';
  readonly kind: StepKind;
  readonly count: number;
};

/** What a run would do, before it does it. */
export type PreviewSummary = {
  readonly entryCount: number;
  readonly entrySeconds: Seconds;
  readonly oldestDay: Day | null;
  readonly beforeStart: Counted;
  readonly steps: readonly (Counted & { readonly kind: StepKind })[];
  readonly lines: readonly PreviewLine[];
  readonly questions: readonly PreviewQuestion[];
  readonly gaps: readonly PreviewGap[];
  readonly provisions: readonly PreviewProvision[];
  readonly samples: readonly PreviewSample[];
  readonly openCases: readonly PreviewOpenCases[];
  /** Written entries that today's mappings and description would change; 0 unless that was asked for. */
  readonly reapplied: Counted;
};
