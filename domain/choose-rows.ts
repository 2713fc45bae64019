import type { Candidate } from './conflict.js';
import type { Chosen, Choosing } from './chosen.js';
import { standingRows, targetSeconds, type LeadCase } from './lead-case.js';
import { lockOf } from './locks.js';
import type { Question } from './question.js';
import { reason } from './reason.js';
import { adoptStep, agreedStep, deleteStep } from './step-makers.js';
import type { Timesheet } from './timesheet.js';

/** Link without a write. Without a target id all candidates belong together (our own markers say so). */
export function linkCandidate({ question, parameters, cause }: Choosing): Chosen {
  const chosen = pick(question, parameters.targetId);
  if (chosen.length === 0) return { ok: false, blocked: reason('choose_a_candidate') };
  const rows = chosen.map((candidate) => candidate.timesheet);
  const linked = rows.reduce((sum, row) => sum + row.seconds, 0);
  const effect = reason('will_link', { rowCount: rows.length, targetSeconds: linked });
  const { about } = question;
  // Decided before: the rest is left, and the link holds this already.
  const step = holdsExactly(about, rows) ? agreedStep(about, cause) : adoptStep(about, rows, cause);
  return { ok: true, steps: [step], effect };
}

const holdsExactly = ({ link }: LeadCase, rows: readonly Timesheet[]): boolean =>
  link !== null &&
  link.rows.length === rows.length &&
  rows.every(({ externalId }) => link.rows.some((one) => one.externalId === externalId));

function pick({ candidates }: Question, targetId: string | undefined): readonly Candidate[] {
  if (targetId === undefined) return candidates;
  return candidates.filter((candidate) => candidate.timesheet.externalId === targetId);
}

/** Link one candidate and delete the others; blocked as soon as one of them is locked. */
export function keepOne({ planning, question, parameters, cause }: Choosing): Chosen {
  const { about, candidates } = question;
  const kept = candidates.find(({ timesheet }) => timesheet.externalId === parameters.targetId);
  if (!kept) return { ok: false, blocked: reason('choose_a_candidate') };
  const others = candidates.filter((candidate) => candidate !== kept).map((candidate) => candidate.timesheet);
  for (const row of others) {
    const lock = lockOf(row, planning.bridge.closedUntil);
    if (lock) return { ok: false, blocked: lock };
  }
  const deleted = others.map((row) => deleteStep(about, { row, linkId: null, closes: false }, cause));
  const effect = reason('will_keep_one', { rowCount: others.length, targetSeconds: kept.timesheet.seconds });
  return { ok: true, steps: [adoptStep(about, [kept.timesheet], cause), ...deleted], effect };
}

/** Deletes all rows of the link; its last deletion closes the link unless the lead still stands (net zero). */
export function deleteTarget({ planning, question, cause }: Choosing): Chosen {
  const { about } = question;
  const rows = standingRows(about).map((row) => row.now);
  for (const row of rows) {
    const lock = lockOf(row, planning.bridge.closedUntil);
    if (lock) return { ok: false, blocked: lock };
  }
  const linkId = about.link?.id ?? null;
  const steps = rows.map((row) => deleteStep(about, { row, linkId, closes: !about.stands }, cause));
  const effect = reason('will_delete', { rowCount: rows.length, targetSeconds: targetSeconds(about) });
  return { ok: true, steps, effect };
}
