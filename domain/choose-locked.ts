import { fromPlaced, type Chosen, type Choosing } from './chosen.js';
import { targetSeconds, type LeadCase } from './lead-case.js';
import { lockOf, openDay } from './locks.js';
import { reason } from './reason.js';
import { rewriteRows } from './rewrite-rows.js';
import { acceptStep, adoptStep, createStep } from './step-makers.js';
import { acceptedByPerson, type Values } from './three-way.js';
import type { Timesheet } from './timesheet.js';

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
  return fromPlaced(placed);
}

const nextSequence = ({ link }: LeadCase): number =>
  Math.max(0, ...(link?.rows ?? []).map((row) => row.sequence)) + 1;

/** A negative difference, taken from an open row of the same customer; each link's sum shows what was accepted. */
export function deduct({ planning, question, parameters, cause }: Choosing): Chosen {
  const { secondsAtStake } = question;
  if (secondsAtStake >= 0) return { ok: false, blocked: reason('difference_not_negative') };
  const from = question.deductible.find(({ row }) => row.externalId === parameters.targetId);
  if (!from) return { ok: false, blocked: reason('choose_a_row') };
  const lock = lockOf(from.row, planning.bridge.closedUntil);
  if (lock) return { ok: false, blocked: lock };
  if (from.row.seconds + secondsAtStake < 60) {
    return { ok: false, blocked: reason('row_too_short', { rowSeconds: from.row.seconds }) };
  }
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
  const credited = creditOutside({ planning, question, choice: 'credit_outside', parameters, cause });
  if (!credited.ok) return credited;
  const effect = reason('will_deduct', { oldSeconds: now.seconds, newSeconds: now.seconds + secondsAtStake });
  return { ok: true, steps: [...rewritten.steps, ...credited.steps], effect };
}

const valuesOfRow = (row: Timesheet): Values => ({
  seconds: row.seconds,
  day: row.day,
  projectId: row.projectId,
  activityId: row.activityId,
  userId: row.userId,
});

/** The difference is settled outside Kimai: accepted, and listed per month. */
export function creditOutside({ question, cause }: Choosing): Chosen {
  const { about } = question;
  const effect = reason('will_accept_difference', { differenceSeconds: question.secondsAtStake });
  if (!about.link) return { ok: true, steps: [adoptStep(about, [], cause)], effect };
  const accepted = { ...acceptedByPerson(about), closes: !about.stands };
  return {
    ok: true,
    steps: [acceptStep(about, about.link.id, accepted, cause)],
    effect: targetSeconds(about) === 0 ? reason('will_change_nothing') : effect,
  };
}
