import type { Choice } from '../../../../domain/conflict';
import { ruleMayChoose } from '../../../../domain/rules';
import type { ConflictDetail } from '../../../data/conflicts';

/** As many equal answers in a row are a habit. */
const HABIT = 3;

export type RuleOffer = { readonly choice: Choice; readonly times: number };

/** What people chose each time lately for the same customer and kind, where a rule may choose it in their place. */
export function ruleOffer({ conflict, previousDecisions }: ConflictDetail): RuleOffer | null {
  if (conflict.customerKey === null) return null;
  const chosen = previousDecisions
    .filter(({ decision }) => decision.actor.kind === 'person')
    .map(({ decision }) => decision.choice);
  const [choice] = chosen;
  if (choice === undefined || !ruleMayChoose(choice, conflict.kind)) return null;
  const other = chosen.findIndex((each) => each !== choice);
  const times = other < 0 ? chosen.length : other;
  return times >= HABIT ? { choice, times } : null;
}
