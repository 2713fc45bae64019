import type { Choice, ConflictKind } from './conflict.js';

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
  readonly when: RuleCondition;
  /** `ask` turns an automatic step into a question. */
  readonly then: Choice | 'ask';
};
