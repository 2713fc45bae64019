import type { Choice, ConflictFacts } from './conflict.js';
import { reason, type Reason } from './reason.js';
import { matchesRule, ruleMayChoose, takesCandidate, type Rule, type RuleFacts } from './rules.js';

/** A case of the past as it was shown, and what came of it. */
export type RecordedCase = {
  readonly conflictId: string;
  readonly rule: RuleFacts;
  readonly facts: Pick<ConflictFacts, 'choices' | 'candidates'>;
  /** Null while nobody has decided. A decision that another rule took is none of a person's. */
  readonly decision: { readonly choice: Choice; readonly byPerson: boolean } | null;
};

/** How a rule would have done on the recorded past. `same` + `different` + `undecided` = `decided`. */
export type Backtest = {
  /** Cases that the rule's condition fits. */
  readonly matched: number;
  /** Of those, the ones that it would have settled. */
  readonly decided: number;
  readonly same: number;
  readonly different: readonly {
    readonly conflictId: string;
    readonly person: Choice;
    readonly rule: Choice;
  }[];
  /** No person has decided these yet. */
  readonly undecided: number;
  /** Fits, but still waits for a person: a lock, several candidates, or a choice that no rule may make. */
  readonly left: number;
};

/**
 * Tries a rule on what was asked and decided before, so that it is switched on with open eyes. Pure: nothing is
 * decided. A case that matches is settled under the same limits as in a run (books.md, "Rules").
 */
export function backtest(rule: Rule, recorded: readonly RecordedCase[]): Backtest {
  const matching = recorded.filter((one) => matchesRule(rule, one.rule));
  const { then } = rule;
  if (then === 'ask') return { ...NOTHING, matched: matching.length, left: matching.length };
  const settled = matching.filter((one) => wouldSettle(then, one));
  const decisions = settled.map(({ conflictId, decision }) => ({
    conflictId,
    person: decision?.byPerson ? decision.choice : null,
  }));
  const different = decisions.flatMap(({ conflictId, person }) =>
    person === null || person === then ? [] : [{ conflictId, person, rule: then }],
  );
  return {
    matched: matching.length,
    decided: settled.length,
    same: decisions.filter(({ person }) => person === then).length,
    different,
    undecided: decisions.filter(({ person }) => person === null).length,
    left: matching.length - settled.length,
  };
}

const NOTHING: Backtest = { matched: 0, decided: 0, same: 0, different: [], undecided: 0, left: 0 };

function wouldSettle(then: Choice, { rule, facts }: RecordedCase): boolean {
  if (!ruleMayChoose(then, rule.kind)) return false;
  if (takesCandidate(then) && facts.candidates.length > 1) return false;
  return facts.choices.some(({ choice, blocked }) => choice === then && blocked === null);
}

/** One sentence: "would have decided 112, 2 differently than people did". */
export const backtestSummary = ({ decided, same, different, undecided }: Backtest): Reason =>
  reason(decided === 0 ? 'backtest_nothing' : 'backtest', {
    decidedCount: decided,
    sameCount: same,
    differentCount: different.length,
    undecidedCount: undecided,
  });
