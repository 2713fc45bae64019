import { groupBy } from './group-by.js';
import type { Question } from './question.js';
import type { ReconcileInput } from './reconcile-input.js';
import { reason } from './reason.js';

/** What may still move to the new customer, and what was billed to the old one. */
const CODES: readonly string[] = ['ticket_moved', 'ticket_moved_locked'];

/**
 * A ticket that moved to another customer after writing is asked once, however many of its entries are written
 * (books.md, "Facts"), and once more about those that are exported. The first lead speaks for all; one whose last try
 * Kimai refused is asked by itself.
 */
export function oncePerTicket(
  questions: readonly Question[],
  refusals: ReconcileInput['refusals'],
): readonly Question[] {
  const isMoved = ({ why, subject }: Question) => CODES.includes(why.code) && !refusals[subject];
  const moved = groupBy(
    questions.filter(isMoved),
    ({ about, why }) => `${why.code} ${about.lead.entry.ticketId}`,
  );
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
