import type { Choice } from './conflict.js';
import { reason, type Reason } from './reason.js';
import {
  firstMatch,
  matchesRule,
  ruleMayChoose,
  takesCandidate,
  type Rule,
  type RuleFacts,
} from './rules.js';

/** A case of the past as it was shown, and what a person decided. */
export type RecordedCase = {
  readonly conflictId: string;
  readonly rule: RuleFacts;
  /** The choices that could be taken: those that were offered and not blocked. */
  readonly open: readonly Choice[];
  readonly candidateCount: number;
  readonly person: Choice;
};

/** How a rule would have done on the recorded past. `same` + `different` = `decided`. */
export type Backtest = {
  readonly considered: number;
  /** Cases that the rule's condition fits and that no rule before it takes. */
  readonly matched: number;
  /** Of those, the ones that it would have settled. */
  readonly decided: number;
  readonly same: number;
  readonly different: readonly {
    readonly conflictId: string;
    readonly person: Choice;
    readonly rule: Choice;
  }[];
  /** Fits, but still waits for a person: a lock, several candidates, or a choice that no rule may make. */
  readonly left: number;
};

/**
 * Tries a rule on what people decided before, so that it is switched on with open eyes. Pure: nothing is decided.
 * `before` are the rules that are tried first: a case that one of them fits never reaches this one. A case that
 * matches is settled under the same limits as in a run (books.md, "Rules").
 */
export function backtest(
  rule: Rule,
  recorded: readonly RecordedCase[],
  before: readonly Rule[] = [],
): Backtest {
  const considered = recorded.length;
  const matching = recorded.filter((one) => matchesRule(rule, one.rule) && !firstMatch(before, one.rule));
  const matched = matching.length;
  const { then } = rule;
  if (then === 'ask') return { ...NOTHING, considered, matched, left: matched };
  const settled = matching.filter((one) => wouldSettle(then, one));
  const different = settled.flatMap(({ conflictId, person }) =>
    person === then ? [] : [{ conflictId, person, rule: then }],
  );
  const decided = settled.length;
  return {
    ...{ considered, matched, decided, different },
    same: decided - different.length,
    left: matched - decided,
  };
}

const NOTHING = { decided: 0, same: 0, different: [] };

function wouldSettle(then: Choice, { rule, open, candidateCount }: RecordedCase): boolean {
  if (!ruleMayChoose(then, rule.kind)) return false;
  if (takesCandidate(then) && candidateCount > 1) return false;
  return open.includes(then);
}

/** One sentence: "would have decided 112 of 140 cases, 2 of them differently than people did". */
export function backtestSummary({ considered, decided, different }: Backtest): Reason {
  const facts = {
    consideredCount: considered,
    decidedCount: decided,
    differentCount: different.length,
  };
  if (considered === 0) return reason('backtest_no_cases', facts);
  return decided === 0 ? reason('backtest_nothing', facts) : reason('backtest', facts);
}
