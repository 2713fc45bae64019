import { fromPlaced, roundedTo, type Chosen, type Choosing } from './chosen.js';
import type { LeadCase } from './lead-case.js';
import { openDay } from './locks.js';
import type { Step } from './plan.js';
import type { Question } from './question.js';
import { reason } from './reason.js';
import { rewriteRows } from './rewrite-rows.js';
import { acceptStep, adoptStep, createStep, type Cause } from './step-makers.js';
import { acceptedByPerson, valuesOfRow } from './three-way.js';

/** A positive difference: a row of its own in the open period; for an entry without a row, its main row. */
export function correctLocked({ planning, question, cause }: Choosing): Chosen {
  const { about, booking, secondsAtStake } = question;
  if (secondsAtStake <= 0) return { ok: false, blocked: reason('difference_not_positive') };
  if (!booking) return { ok: false, blocked: reason('mapping_missing') };
  // A difference to a row that is not linked is nobody's: the row has to be linked first.
  if (!about.link && about.rows.length > 0) return { ok: false, blocked: reason('not_linked') };
  const sequence = nextSequence(about);
  const placed = createStep(
    planning,
    about,
    {
      booking,
      seconds: secondsAtStake,
      role: sequence === 1 ? 'main' : 'correction',
      sequence,
      day: openDay(planning.bridge, planning.input.now),
    },
    cause,
  );
  return fromPlaced(planning, placed);
}

const nextSequence = ({ link }: LeadCase): number =>
  Math.max(0, ...(link?.rows ?? []).map((row) => row.sequence)) + 1;

/** A negative difference, taken from an open row of the same customer; each link's sum shows what was accepted. */
export function deduct({ planning, question, parameters, cause }: Choosing): Chosen {
  const { secondsAtStake } = question;
  if (secondsAtStake >= 0) return { ok: false, blocked: reason('difference_not_negative') };
  const from = question.deductible.find(({ row }) => row.externalId === parameters.targetId);
  if (!from) return { ok: false, blocked: reason('choose_a_row') };
  const now = valuesOfRow(from.row);
  const rewritten = rewriteRows(planning, {
    about: {
      ...from.about,
      rows: from.about.rows.filter(({ now: row }) => row.externalId === from.row.externalId),
    },
    wanted: { ...now, seconds: now.seconds + secondsAtStake },
    now,
    acceptedSeconds: (from.about.link?.acceptedSeconds ?? 0) + secondsAtStake,
    renamed: false,
    begin: null,
    ...cause,
  });
  if (!rewritten.ok) return rewritten;
  const effect = reason('will_deduct', {
    oldSeconds: now.seconds,
    newSeconds: now.seconds + secondsAtStake,
    ...roundedTo(planning.bridge, rewritten.steps),
  });
  const { subject } = question;
  const steps = rewritten.steps.map((step) => (step.kind === 'update' ? { ...step, subject } : step));
  return { ok: true, steps: [...steps, acceptedOutside(question, cause)], effect };
}

/** The difference is settled outside Kimai: accepted, and listed per month. */
export const creditOutside = ({ question, cause }: Choosing): Chosen => ({
  ok: true,
  steps: [acceptedOutside(question, cause)],
  effect: reason('will_accept_difference', { differenceSeconds: question.secondsAtStake }),
});

/** An entry that has no link yet is linked to no row. */
function acceptedOutside({ about }: Question, cause: Cause): Step {
  if (!about.link) return adoptStep(about, [], cause);
  return acceptStep(about, about.link.id, { ...acceptedByPerson(about), closes: !about.stands }, cause);
}
