import type { Candidate, Choice, ConflictKind, DecisionParameters } from './conflict.js';
import type { Booking } from './gaps.js';
import { entryIdsOf, type LeadCase } from './lead-case.js';
import type { Merge } from './three-way.js';
import type { Reason } from './reason.js';
import type { Refusal } from './reconcile-input.js';
import type { Seconds } from './time-entry.js';
import type { Timesheet } from './timesheet.js';

/**
 * What is to be settled about one lead. Everything that needs a write or a person is a question with choices;
 * a policy is a choice that is taken without asking. So an automatic step and a decision can never differ.
 */
export type Question = {
  readonly kind: ConflictKind;
  readonly subject: string;
  readonly why: Reason;
  readonly about: LeadCase;
  /** Mapped ids; null when they are not needed (nothing new is written) or not known. */
  readonly booking: Booking | null;
  readonly merge: Merge | null;
  readonly candidates: readonly Candidate[];
  /** What the policy takes by itself; null asks. */
  readonly automatic: { readonly choice: Choice; readonly parameters: DecisionParameters } | null;
  /** What Kimai would gain or lose if Zammad were taken. */
  readonly secondsAtStake: Seconds;
  /** Fresh facts of the source wait for the quiet period; those of the target do not. */
  readonly quiet: boolean;
  readonly refusal: Refusal | null;
  /** For `rejected`, `reverted` and `unknown_outcome`: whose write it was. */
  readonly tried: Tried | null;
  /** Further leads of the same ticket that are settled with this one, by the same choice. */
  readonly together: readonly Question[];
  /** Rows of other leads that a negative difference may be taken from. */
  readonly deductible: readonly Deductible[];
  /** `correction`: the part that found no lead, and the leads a person may choose. */
  readonly leftOver: { readonly seconds: Seconds; readonly leads: readonly LeadCase[] } | null;
};

/** A choice about a question that did not end in a write. */
export type Tried = {
  readonly question: Question;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
};

export type Deductible = { readonly about: LeadCase; readonly row: Timesheet };

export type Settled =
  | { readonly kind: 'question'; readonly question: Question }
  /** Nothing to do: both books say the same. */
  | { readonly kind: 'agreed'; readonly about: LeadCase; readonly why: Reason }
  /** Nothing to write, but the bases move to what is there now. */
  | { readonly kind: 'noted'; readonly about: LeadCase; readonly why: Reason; readonly closes: boolean };

/** The leads a question is about: nearly always one. */
export const leadsOf = (asked: Question): readonly LeadCase[] => [
  asked.about,
  ...asked.together.map(({ about }) => about),
];

/** The entries that stand and fall with the answer; the lead first. */
export const entryIdsOfQuestion = (asked: Question): readonly string[] => leadsOf(asked).flatMap(entryIdsOf);

export const question = (
  parts: Pick<Question, 'kind' | 'subject' | 'why' | 'about' | 'secondsAtStake'> & Partial<Question>,
): Question => ({
  booking: null,
  merge: null,
  candidates: [],
  automatic: null,
  quiet: false,
  refusal: null,
  tried: null,
  together: [],
  deductible: [],
  leftOver: null,
  ...parts,
});
