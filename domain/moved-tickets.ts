import { groupBy } from './group-by.js';
import type { Question } from './question.js';
import type { ReconcileInput } from './reconcile-input.js';
import { reason } from './reason.js';

/**
 * A ticket that moved to another customer after writing is asked once, however many of its entries are written
 * (books.md, "Facts"). The first lead speaks for all; one whose last try Kimai refused is asked by itself.
 */
export function oncePerTicket(
  questions: readonly Question[],
  refusals: ReconcileInput['refusals'],
): readonly Question[] {
  const isMoved = ({ why, subject }: Question) => why.code === 'ticket_moved' && !refusals[subject];
  const moved = groupBy(questions.filter(isMoved), ({ about }) => about.lead.entry.ticketId);
  if (moved.size === 0) return questions;
  return [...questions.filter((one) => !isMoved(one)), ...[...moved.values()].flatMap(asOne)];
}

function asOne(questions: readonly Question[]): readonly Question[] {
  const [first, ...together] = questions;
  if (!first || together.length === 0) return questions;
  const secondsAtStake = questions.reduce((sum, one) => sum + one.secondsAtStake, 0);
  const why = reason(first.why.code, { ...first.why.facts, leadCount: questions.length });
  return [{ ...first, together, secondsAtStake, why }];
}
