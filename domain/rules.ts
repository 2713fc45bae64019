import { CHOICES_BY_KIND, CONFLICT_KINDS, GAP_KINDS, type Choice, type ConflictKind } from './conflict.js';
import type { Seconds } from './time-entry.js';

/** A condition reads as a sentence: every part that is given must hold. Seconds are absolute values. */
export type RuleCondition = {
  readonly kinds?: readonly ConflictKind[];
  readonly customerKeys?: readonly string[];
  readonly userIds?: readonly string[];
  readonly activityTypeIds?: readonly string[];
  readonly secondsBelow?: number;
  readonly secondsFrom?: number;
};

/**
 * Ordered data of a bridge; the first rule that matches an `ask` step settles it. A rule never deletes, never
 * takes a similar candidate, never passes a lock; guards and gaps are not shown to it (books.md, "Rules").
 */
export type Rule = {
  readonly id: string;
  readonly revision: number;
  /** As people named it; the question that it turns a step into says so. */
  readonly name?: string;
  readonly when: RuleCondition;
  /** `ask` turns an automatic step into a question. */
  readonly then: Choice | 'ask';
};

/** What a rule may look at: the facts of a question, before anybody has settled it. */
export type RuleFacts = {
  readonly kind: ConflictKind;
  readonly customerKey: string;
  readonly userId: string;
  readonly activityTypeId: string | null;
  readonly seconds: Seconds;
};

/** True when every part of the condition that is given holds. */
export function matchesRule({ when }: Rule, facts: RuleFacts): boolean {
  const seconds = Math.abs(facts.seconds);
  return (
    (when.kinds?.includes(facts.kind) ?? true) &&
    (when.customerKeys?.includes(facts.customerKey) ?? true) &&
    (when.userIds?.includes(facts.userId) ?? true) &&
    (when.activityTypeIds?.includes(facts.activityTypeId ?? '') ?? true) &&
    (when.secondsBelow === undefined || seconds < when.secondsBelow) &&
    (when.secondsFrom === undefined || seconds >= when.secondsFrom)
  );
}

/** The first rule that matches, in the order of the bridge. */
export const firstMatch = (rules: readonly Rule[], facts: RuleFacts): Rule | null =>
  rules.find((rule) => matchesRule(rule, facts)) ?? null;

/**
 * What only a person chooses: deletions, whatever needs eyes or a value (which row, which fields, whether it is
 * there), what passes a lock, what people took back, and trying again what was refused as it is.
 */
const FOR_PEOPLE: readonly Choice[] = [
  'delete_target',
  'keep_one',
  'link_one',
  'per_field',
  'apply_to',
  'deduct',
  'book_correction',
  'credit_outside',
  'retry',
  'edit_and_retry',
  'write_again',
  'it_is_there',
  'it_is_not_there',
];

/**
 * Whether a rule may make this choice about this kind. It never deletes, never takes a similar candidate, never
 * passes a lock; guards and gaps are not its business.
 */
export function ruleMayChoose(choice: Choice, kind: ConflictKind): boolean {
  if (isHiddenFromRules(kind)) return false;
  if (!CHOICES_BY_KIND[kind].includes(choice) || FOR_PEOPLE.includes(choice)) return false;
  return choice !== 'link' || kind === 'duplicate';
}

/** Kinds that no rule sees: guards, gaps, and what could not even be read. */
export const isHiddenFromRules = (kind: ConflictKind): boolean =>
  kind === 'guard' || kind === 'unreadable' || GAP_KINDS.some((gap) => gap === kind);

/** The other kinds. */
export const KINDS_FOR_RULES: readonly ConflictKind[] = CONFLICT_KINDS.filter(
  (kind) => !isHiddenFromRules(kind),
);

/** Where there are several to pick from, a rule has no eyes to pick with. */
export const takesCandidate = (choice: Choice): boolean => choice === 'link';
