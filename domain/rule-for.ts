import type { Choice } from './conflict.js';
import { customerKey } from './gaps.js';
import type { Planning } from './planning.js';
import type { Question } from './question.js';
import { firstMatch, ruleMayChoose, takesCandidate, type Rule } from './rules.js';

/** The first rule of the bridge that fits the question. */
export function ruleFor(
  { input }: Planning,
  { kind, about, secondsAtStake }: Pick<Question, 'kind' | 'about' | 'secondsAtStake'>,
): Rule | null {
  const { entry, frozen } = about.lead;
  return firstMatch(input.rules, {
    kind,
    customerKey: customerKey(entry),
    userId: frozen.userId,
    activityTypeId: entry.activityTypeId,
    seconds: secondsAtStake,
  });
}

/** What the rule chooses about the question; null where it asks, or may not choose that. */
export function rulesChoice({ kind, candidates }: Question, rule: Rule | null): Choice | null {
  if (!rule || rule.then === 'ask' || !ruleMayChoose(rule.then, kind)) return null;
  return candidates.length > 1 && takesCandidate(rule.then) ? null : rule.then;
}
