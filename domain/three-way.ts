import type { Booking } from './gaps.js';
import type { Link } from './link.js';
import { secondsOf, standingRows, targetSeconds, type LeadCase } from './lead-case.js';
import { sumOf } from './netting.js';
import { roundToMinutes } from './duration.js';
import type { Day, Instant, Seconds, SourceBase, TimeEntry } from './time-entry.js';
import { MATTERING_FIELDS, type MatteringField, type Timesheet } from './timesheet.js';
import { sameInstant } from './zone.js';

/** The fields that matter, of a whole link: Σ seconds of its rows, everything else as its first row has it. */
export type Values = {
  readonly seconds: Seconds;
  readonly day: Day;
  readonly projectId: string;
  readonly activityId: string;
  readonly userId: string;
};

/** The fields that matter, of one row. */
export const valuesOfRow = ({ seconds, day, projectId, activityId, userId }: Timesheet): Values => ({
  seconds,
  day,
  projectId,
  activityId,
  userId,
});

/** Last agreed · Zammad now · Kimai now, and who moved which field. */
export type Merge = {
  readonly base: Values;
  /** Zammad's value where Zammad changed, the agreed one elsewhere. */
  readonly wanted: Values;
  readonly now: Values;
  readonly sourceChanged: readonly MatteringField[];
  readonly targetChanged: readonly MatteringField[];
  /** Where writing Zammad's values would change Kimai. */
  readonly differing: readonly MatteringField[];
};

/** Which facts of the source differ from those of the last agreement. */
export type SourceChanges = { readonly seconds: boolean; readonly type: boolean; readonly customer: boolean };

/** Source changed ⇔ facts ≠ `source_base`; the sum is compared after netting. */
export function sourceChanges(
  { lead: { entry }, seconds }: LeadCase,
  { members, sourceBase }: Link,
): SourceChanges {
  return {
    seconds: seconds !== sumOf(members),
    type: entry.activityTypeId !== sourceBase.activityTypeId,
    customer: entry.ticketId !== sourceBase.ticketId || isBilledToAnother(entry, sourceBase),
  };
}

/** The ticket's organization is billed; its customer only where there is none (of one organization: the same bill). */
function isBilledToAnother(entry: TimeEntry, base: SourceBase): boolean {
  if (entry.organizationId !== base.organizationId) return true;
  const known = base.ticketCustomerId !== undefined;
  return entry.organizationId === null && known && entry.ticketCustomerId !== base.ticketCustomerId;
}

export const anyChange = (changes: SourceChanges): boolean =>
  changes.seconds || changes.type || changes.customer;

/**
 * Three-way merge of a linked lead whose rows stand. Of `mapped` only what the source changed counts: an older mapping
 * stays in force for what is written.
 */
export function mergeLead(
  about: LeadCase,
  changes: SourceChanges,
  mapped: Pick<Booking, 'activityId' | 'projectId'> | null,
): Merge {
  const rows = standingRows(about);
  const now = valuesOfRows(rows.map((row) => row.now));
  const base = valuesOfRows(rows.map((row) => row.linked.targetBase));
  const wanted: Values = {
    ...base,
    ...(changes.seconds ? { seconds: roundToMinutes(about.seconds) } : {}),
    ...(changes.type && mapped ? { activityId: mapped.activityId } : {}),
    ...(changes.customer && mapped ? { projectId: mapped.projectId } : {}),
  };
  return {
    base,
    wanted,
    now,
    sourceChanged: MATTERING_FIELDS.filter((field) => wanted[field] !== base[field]),
    targetChanged: targetChanges(about),
    differing: MATTERING_FIELDS.filter((field) => wanted[field] !== now[field]),
  };
}

/** The fields of the standing rows that people changed in Kimai since the last agreement. */
export const targetChanges = (about: LeadCase): readonly MatteringField[] =>
  MATTERING_FIELDS.filter((field) =>
    standingRows(about).some((row) => row.now[field] !== row.linked.targetBase[field]),
  );

/** The fields that matter, of all rows of a link. */
export function valuesOfRows(rows: readonly Timesheet[]): Values {
  const first = rows[0];
  return {
    seconds: secondsOf(rows),
    day: first?.day ?? '',
    projectId: first?.projectId ?? '',
    activityId: first?.activityId ?? '',
    userId: first?.userId ?? '',
  };
}

/** Kimai's own fields (words, tags, times within the day, billable): noted, never asked, never undone. */
export const hasNotedChange = (about: LeadCase): boolean =>
  standingRows(about).some(({ now, linked: { targetBase: base } }) => {
    const moved = !sameInstant(now.begin, base.begin) || !sameEnd(now.end, base.end);
    const reworded = (now.description ?? '') !== (base.description ?? '') || now.billable !== base.billable;
    return moved || reworded || !sameTags(now.tags, base.tags);
  });

const sameEnd = (a: Instant | null, b: Instant | null): boolean =>
  a === null || b === null ? a === b : sameInstant(a, b);

/** Kimai sorts tags as it likes: their order means nothing. */
const sameTags = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || [...a].sort().join() === [...b].sort().join();

/** Nobody moved a field that matters of rows that stand: nearly every lead's case, told without building a merge. */
export const isUnmoved = (about: LeadCase): boolean =>
  about.rows.every(
    ({ now, linked: { targetBase: base } }) =>
      now.seconds === base.seconds &&
      now.day === base.day &&
      now.projectId === base.projectId &&
      now.activityId === base.activityId &&
      now.userId === base.userId,
  );

/** What a link says of the difference between its rows and its entries; both are totals, not changes. */
export type Explained = { readonly seconds: Seconds; readonly rounding: Seconds };

/** The difference that a person accepts, beside what rounding explains already. */
export const acceptedByPerson = (about: LeadCase): Explained => ({
  seconds: acceptedTotal(about),
  rounding: about.link?.roundingSeconds ?? 0,
});

const MINUTE = 60;

/**
 * What explains the difference when the bases move although nobody decided and nothing is written. Only a person
 * accepts a difference (books.md, "The sum must come out"): where the time of an entry moved within its minute, or to
 * what Kimai has already, the rest is rounding. A larger one is not: it stays visible as a broken sum.
 */
export function explainedByItself(about: LeadCase, link: Link): Explained {
  const difference = targetSeconds(about) - about.seconds;
  if (!sourceChanges(about, link).seconds)
    return { seconds: link.acceptedSeconds, rounding: link.roundingSeconds };
  const explains = Math.abs(difference) < MINUTE;
  return { seconds: 0, rounding: explains ? difference : link.roundingSeconds };
}

/** The difference that a person accepts when both books stay as they are: the link's new total. */
export const acceptedTotal = (about: LeadCase): Seconds =>
  targetSeconds(about) - about.seconds - (about.link?.roundingSeconds ?? 0);
