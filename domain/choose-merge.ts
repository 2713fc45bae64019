import { roundedTo, type Chosen, type Choosing } from './chosen.js';
import { isRenamed, targetSeconds, type LeadCase } from './lead-case.js';
import { reason } from './reason.js';
import { rewriteRows } from './rewrite-rows.js';
import { acceptStep, adoptStep } from './step-makers.js';
import { acceptedTotal, type Merge, type Values } from './three-way.js';
import { MATTERING_FIELDS } from './timesheet.js';
import type { Seconds } from './time-entry.js';

/** All differing fields as Zammad wants them; where Zammad did not move, as they were agreed. */
export const rewriteToSource = (choosing: Choosing): Chosen => rewrite(choosing, (merge) => merge.wanted);

/** Field by field; a field that is not named keeps Kimai's value. */
export function rewritePerField(choosing: Choosing): Chosen {
  const fields = choosing.parameters.fields ?? {};
  return rewrite(choosing, ({ wanted, now }) => ({
    seconds: fields['seconds'] === 'source' ? wanted.seconds : now.seconds,
    day: fields['day'] === 'source' ? wanted.day : now.day,
    projectId: fields['projectId'] === 'source' ? wanted.projectId : now.projectId,
    activityId: fields['activityId'] === 'source' ? wanted.activityId : now.activityId,
    userId: fields['userId'] === 'source' ? wanted.userId : now.userId,
  }));
}

function rewrite(
  { planning, question, parameters, cause }: Choosing,
  valuesOf: (merge: Merge) => Values,
): Chosen {
  const { about, merge } = question;
  if (!merge) return { ok: false, blocked: reason('not_for_this_case') };
  const { begin = null, ...edit } = parameters.edit ?? {};
  const asWanted = valuesOf(merge);
  const wanted = { ...asWanted, ...edit };
  const acceptedSeconds = acceptedAfter(about, merge, asWanted) + wanted.seconds - asWanted.seconds;
  const rewritten = rewriteRows(planning, {
    about,
    wanted,
    now: merge.now,
    acceptedSeconds,
    renamed: isRenamed(about),
    begin,
    ...cause,
  });
  if (!rewritten.ok) return rewritten;
  const effect = reason('will_update', {
    fields: MATTERING_FIELDS.filter((field) => wanted[field] !== merge.now[field]),
    oldSeconds: merge.now.seconds,
    newSeconds: wanted.seconds,
    ...roundedTo(planning.bridge, rewritten.steps),
  });
  if (rewritten.steps.length > 0) return { ok: true, steps: rewritten.steps, effect };
  const step = about.link
    ? acceptStep(about, about.link.id, unwritten(about, acceptedSeconds), cause)
    : adoptStep(
        about,
        about.rows.map((row) => row.now),
        cause,
      );
  return { ok: true, steps: [step], effect: reason('will_keep', { targetSeconds: targetSeconds(about) }) };
}

/** Kimai has what would be sent: what it made of it before explains the rest, as after a write. */
const unwritten = (about: LeadCase, acceptedSeconds: Seconds) => ({
  seconds: acceptedSeconds,
  rounding: targetSeconds(about) - about.seconds - acceptedSeconds,
  closes: false,
});

/** Time that follows Zammad leaves nothing accepted; time that stays as Kimai has it is accepted as it is. */
function acceptedAfter(about: LeadCase, { base, now, sourceChanged }: Merge, wanted: Values): Seconds {
  if (wanted.seconds === now.seconds && now.seconds !== base.seconds) return acceptedTotal(about);
  if (wanted.seconds === now.seconds && sourceChanged.includes('seconds')) return acceptedTotal(about);
  if (sourceChanged.includes('seconds')) return 0;
  return about.link?.acceptedSeconds ?? 0;
}
