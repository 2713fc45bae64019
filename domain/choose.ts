import { fromPlaced, type Chosen, type Choosing } from './chosen.js';
import { roundToMinutes } from './duration.js';
import { acceptedByPerson } from './three-way.js';
import { targetSeconds } from './lead-case.js';
import { correctLocked, creditOutside, deduct } from './choose-locked.js';
import { deleteTarget, keepOne, linkCandidate } from './choose-rows.js';
import { rewriteToSource, rewritePerField } from './choose-merge.js';
import type { Step } from './plan.js';
import { reason } from './reason.js';
import { acceptStep, adoptStep, createStep, skipStep } from './step-makers.js';

/** The one place where a choice becomes steps, whether a policy, a rule or a person takes it. */
export function choose(choosing: Choosing): Chosen {
  const { question } = choosing;
  if (question.together.length === 0) return chooseOne(choosing);
  const steps: Step[] = [];
  for (const one of [{ ...question, together: [] }, ...question.together]) {
    const chosen = chooseOne({ ...choosing, question: one });
    if (!chosen.ok) return chosen;
    steps.push(...chosen.steps);
  }
  const rowCount = steps.filter((step) => step.kind === 'update').length;
  const effect = rowCount === 0 ? reason('will_change_nothing') : reason('will_update_several', { rowCount });
  return { ok: true, steps, effect };
}

function chooseOne(choosing: Choosing): Chosen {
  switch (choosing.choice) {
    case 'link':
    case 'link_one':
    case 'it_is_there':
      return linkCandidate(choosing);
    case 'keep_one':
      return keepOne(choosing);
    case 'create':
    case 'create_again':
    case 'it_is_not_there':
      return createMain(choosing);
    case 'take_source':
      return rewriteToSource(choosing);
    case 'per_field':
      return rewritePerField(choosing);
    case 'keep_target':
      return keepTarget(choosing);
    case 'delete_target':
      return deleteTarget(choosing);
    case 'keep':
    case 'accept_deletion':
      return acceptAsIs(choosing);
    case 'book_correction':
      return correctLocked(choosing);
    case 'deduct':
      return deduct(choosing);
    case 'credit_outside':
      return creditOutside(choosing);
    case 'retry':
    case 'write_again':
    case 'edit_and_retry':
      return tryAgain(choosing);
    case 'skip':
    case 'leave':
    case 'leave_undone':
    case 'drop':
      return skip(choosing);
    case 'apply_to':
      return applyTo(choosing);
    case 'map':
    case 'ignore':
    case 'go_ahead':
      return { ok: false, blocked: reason('not_for_this_case') };
    default:
      return choosing.choice satisfies never;
  }
}

function createMain({ planning, question, cause, parameters }: Choosing): Chosen {
  const { about, booking } = question;
  const isMatch = question.kind === 'mismatch' || question.kind === 'duplicate';
  if (isMatch && about.link) return { ok: false, blocked: reason('already_linked') };
  if (!booking) return { ok: false, blocked: reason('mapping_missing') };
  const { begin, projectId, seconds } = parameters.edit ?? {};
  // Of a link only what its rows lack; rows that are merely like the entry are no part of it.
  const missing = about.seconds - (about.link ? targetSeconds(about) : 0);
  const placed = createStep(
    planning,
    about,
    {
      booking: { ...booking, ...(projectId === undefined ? {} : { projectId }) },
      seconds: seconds ?? missing,
      ...(seconds === undefined ? {} : { acceptedSeconds: seconds - roundToMinutes(missing) }),
      role: 'main',
      sequence: 1,
      day: null,
      ...(begin === undefined ? {} : { begin }),
    },
    cause,
  );
  return fromPlaced(planning, placed);
}

function keepTarget({ question, cause }: Choosing): Chosen {
  const { about } = question;
  const effect = reason('will_keep', { targetSeconds: targetSeconds(about) });
  const accepted = { ...acceptedByPerson(about), closes: false };
  const step = about.link
    ? acceptStep(about, about.link.id, accepted, cause)
    : adoptStep(
        about,
        about.rows.map((row) => row.now),
        cause,
      );
  return { ok: true, steps: [step], effect };
}

/** *Keep* and *accept the deletion*: nothing is written, and the case is closed for these facts. */
function acceptAsIs({ question, cause }: Choosing): Chosen {
  const { about } = question;
  if (!about.link) return { ok: false, blocked: reason('not_linked') };
  const accepted = {
    ...acceptedByPerson(about),
    closes: !about.stands || targetSeconds(about) === 0,
  };
  const effect = reason('will_change_nothing');
  return { ok: true, steps: [acceptStep(about, about.link.id, accepted, cause)], effect };
}

/** The same once more, with what a person changes about it. */
function tryAgain({ planning, question: { tried }, parameters, cause }: Choosing): Chosen {
  if (!tried) return { ok: false, blocked: reason('not_for_this_case') };
  return choose({ planning, ...tried, parameters: { ...tried.parameters, ...parameters }, cause });
}

const skip = ({ question, cause }: Choosing): Chosen => ({
  ok: true,
  steps: [skipStep(question.about, cause)],
  effect: reason('will_change_nothing'),
});

/** The steps come from netting again with this choice; here is only whether that lead has room. */
function applyTo({ question, parameters }: Choosing): Chosen {
  const { leftOver } = question;
  const lead = leftOver?.leads.find((one) => one.lead.entry.id === parameters.targetId);
  if (!leftOver || !lead) return { ok: false, blocked: reason('choose_a_lead') };
  const after = lead.seconds + leftOver.seconds;
  if (after < 0) return { ok: false, blocked: reason('lead_too_short', { leadSeconds: lead.seconds }) };
  return {
    ok: true,
    steps: [],
    effect: reason('will_deduct', { oldSeconds: lead.seconds, newSeconds: after }),
  };
}
