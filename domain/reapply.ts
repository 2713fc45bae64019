import type { Choice } from './conflict.js';
import { markerOf } from './desired.js';
import { mapEntry } from './gaps.js';
import { subjectOfLead, type LeadCase } from './lead-case.js';
import { carriesMarker } from './marker.js';
import type { Planning } from './planning.js';
import { question, type Question } from './question.js';
import { reason } from './reason.js';
import { rewriteRows } from './rewrite-rows.js';
import { valuesOfRows } from './three-way.js';
import { MATTERING_FIELDS } from './timesheet.js';

/**
 * A written lead that rests, brought to today's mappings and description template because an admin asked for it
 * (books.md, "Facts": *re-apply to open entries*). Null where nothing would change, where a mapping is missing, and
 * where a row is locked or was adopted: those stay as they are. Where a person chose what Kimai says, it is asked.
 */
export function reapplied(planning: Planning, about: LeadCase): Question | null {
  const mapping = mapEntry(about.lead, planning.bridge);
  if (!mapping.ok || !isWrittenByUs(planning, about)) return null;
  const { booking } = mapping;
  const now = valuesOfRows(about.rows.map((row) => row.now));
  const wanted = { ...now, ...booking };
  const differing = MATTERING_FIELDS.filter((field) => wanted[field] !== now[field]);
  const subject = subjectOfLead(about.lead.entry.id);
  const why = reason('reapplied', {
    fields: differing,
    targetSeconds: now.seconds,
    entryDay: about.lead.frozen.entryDate,
    ticketNumber: about.lead.entry.ticketNumber,
  });
  const tried = rewriteRows(planning, {
    about,
    wanted,
    now,
    acceptedSeconds: 0,
    renamed: true,
    begin: null,
    by: { kind: 'policy' },
    why,
  });
  if (!tried.ok || tried.steps.length === 0) return null;
  return question({
    kind: 'mismatch',
    subject,
    about,
    booking,
    merge: { base: now, wanted, now, sourceChanged: differing, targetChanged: [], differing },
    why,
    automatic: isKeptByPerson(planning, subject) ? null : { choice: 'take_source', parameters: {} },
    secondsAtStake: 0,
  });
}

/** Rows of a bridge without markers cannot be told apart: all of them count. */
function isWrittenByUs({ bridge }: Planning, about: LeadCase): boolean {
  const marker = markerOf(about, bridge, 1);
  return marker === null || about.rows.some(({ now }) => carriesMarker(now.description ?? '', marker));
}

const KEPT: readonly Choice[] = [
  'keep_target',
  'per_field',
  'edit_and_retry',
  'link',
  'link_one',
  'keep_one',
];

const isKeptByPerson = ({ decisions }: Planning, subject: string): boolean => {
  const decision = decisions.get(subject);
  return decision !== undefined && KEPT.includes(decision.choice);
};
