import type { Reason } from './reason.js';
import type { Day, Instant, Seconds } from './time-entry.js';
import type { DesiredTimesheet, Timesheet } from './timesheet.js';

export const CONFLICT_KINDS = [
  'duplicate',
  'mismatch',
  'missing',
  'ambiguous',
  'target_changed',
  'target_deleted',
  'source_deleted',
  'locked',
  'unmapped_activity',
  'unmapped_user',
  'unmapped_customer',
  'rejected',
  'correction',
  'unreadable',
  'reverted',
  'unknown_outcome',
  'guard',
] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** A case that waits for so long is due: from then on its people are reminded of it each time as long again has passed. */
export const REMINDED_AFTER_MS = 86_400_000;

export const GAP_KINDS = ['unmapped_activity', 'unmapped_user', 'unmapped_customer'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** What a person may choose; which of them a kind offers: `CHOICES_BY_KIND`. */
export const CHOICES = [
  'take_source',
  'keep_target',
  'per_field',
  'create',
  'link',
  'link_one',
  'keep_one',
  'create_again',
  'accept_deletion',
  'delete_target',
  'keep',
  'book_correction',
  'deduct',
  'credit_outside',
  'leave',
  'map',
  'ignore',
  'edit_and_retry',
  'retry',
  'apply_to',
  'write_again',
  'leave_undone',
  'it_is_there',
  'it_is_not_there',
  'go_ahead',
  'drop',
  'skip',
] as const;
export type Choice = (typeof CHOICES)[number];

/**
 * books.md, table of kinds, "decisions", in its order. `keep_target` is *keep Kimai*, `take_source` is *take
 * Zammad*; `link` is for a single candidate of a duplicate, `link_one` is *link one, leave the rest*.
 */
export const CHOICES_BY_KIND: Readonly<Record<ConflictKind, readonly Choice[]>> = {
  duplicate: ['link', 'keep_one', 'link_one', 'create', 'skip'],
  mismatch: ['take_source', 'keep_target', 'per_field', 'create', 'skip'],
  missing: ['create', 'link', 'skip'],
  ambiguous: ['link', 'create', 'skip'],
  target_changed: ['keep_target', 'take_source'],
  target_deleted: ['create_again', 'accept_deletion'],
  source_deleted: ['delete_target', 'keep'],
  locked: ['book_correction', 'deduct', 'credit_outside', 'leave'],
  unmapped_activity: ['map', 'ignore'],
  unmapped_user: ['map', 'ignore'],
  unmapped_customer: ['map', 'ignore'],
  rejected: ['edit_and_retry', 'retry', 'book_correction', 'skip'],
  correction: ['apply_to', 'skip'],
  unreadable: ['retry', 'skip'],
  reverted: ['write_again', 'leave_undone'],
  unknown_outcome: ['it_is_there', 'it_is_not_there'],
  guard: ['go_ahead', 'drop'],
};

/**
 * What goes with a choice.
 * `targetId`: the candidate's timesheet (link, keep_one, deduct, it_is_there), the lead entry (apply_to),
 * or the Kimai id of a mapping (map). `fields`: per_field → which side each differing field takes.
 * `edit`: edit_and_retry → what to send instead.
 */
export type DecisionParameters = {
  readonly targetId?: string;
  readonly fields?: Readonly<Record<string, 'source' | 'target'>>;
  readonly edit?: { readonly begin?: string; readonly seconds?: number; readonly projectId?: string };
};

/** A choice with the version of the facts it was based on. */
export type Decision = {
  readonly id: string;
  readonly subject: string;
  readonly kind: ConflictKind;
  readonly version: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly decidedAt: Instant;
};

/** One side of an item, in the fields the three columns show. Ids; names are added when it is shown. */
export type Side = {
  readonly seconds: Seconds | null;
  readonly day: Day | null;
  readonly begin: Instant | null;
  readonly userId: string | null;
  readonly projectId: string | null;
  readonly activityId: string | null;
  readonly description: string | null;
};

export type Candidate = {
  readonly timesheet: Timesheet;
  /** 1 for exact. */
  readonly score: number;
  readonly parts: Readonly<Record<'date' | 'duration' | 'person' | 'text' | 'project', number>>;
};

/** What a choice would do to Kimai, shown before the click. */
export type ChoicePreview = {
  readonly choice: Choice;
  /** Which candidate or mapping it is about, when there are several. */
  readonly targetId: string | null;
  readonly effect: Reason;
  readonly desired: DesiredTimesheet | null;
  /** Why it cannot be chosen right now; null when it can. */
  readonly blocked: Reason | null;
};

/** The facts shown to a person. */
export type ConflictFacts = {
  readonly kind: ConflictKind;
  readonly subject: string;
  /** Hash of the facts that matter (never of names or texts): the same version never asks again. */
  readonly version: string;
  readonly why: Reason;
  /** Members of the case: the lead first. Empty for a guard. */
  readonly entryIds: readonly string[];
  readonly base: Side | null;
  readonly source: Side | null;
  readonly target: Side | null;
  readonly targetRowId: string | null;
  readonly candidates: readonly Candidate[];
  readonly differing: readonly (keyof Side)[];
  /** Σ at stake with its sign: what Kimai would gain or lose if Zammad were taken. */
  readonly secondsAtStake: Seconds;
  readonly gap: { readonly key: string; readonly name: string } | null;
  readonly choices: readonly ChoicePreview[];
};
