import { changedTimesheet, changesBetween } from './desired.js';
import { sourceBaseOf, standingRows, type CaseRow, type LeadCase } from './lead-case.js';
import { closedDay, lockOf } from './locks.js';
import { placeAt, placeFrom, type Place } from './placement.js';
import type { Step, StepCause } from './plan.js';
import type { Planning } from './planning.js';
import type { Reason } from './reason.js';
import type { Seconds } from './time-entry.js';
import type { Values } from './three-way.js';
import type { Timesheet } from './timesheet.js';
import { instantMs, localTime, toInstant } from './zone.js';

/** What a link's rows should say together, and what the link's accepted difference is afterwards. */
export type Rewrite = {
  readonly about: LeadCase;
  readonly wanted: Values;
  readonly now: Values;
  readonly acceptedSeconds: Seconds;
  /** The entry lies on another ticket now. */
  readonly renamed: boolean;
  /** A person's own begin for the main row, `HH:mm` or local date and time; null keeps it. */
  readonly begin: string | null;
  readonly by: StepCause;
  readonly why: Reason;
};

export type Rewritten =
  { readonly ok: true; readonly steps: readonly Step[] } | { readonly ok: false; readonly blocked: Reason };

const MINUTE = 60;

/**
 * Brings the rows of a link to the wanted values with the fewest writes: the difference in time goes to the newest
 * open row, everything else to each row. Never to a locked one.
 */
export function rewriteRows(planning: Planning, rewrite: Rewrite): Rewritten {
  const rows = [...standingRows(rewrite.about)].sort((a, b) => b.linked.sequence - a.linked.sequence);
  const { closedUntil } = planning.bridge;
  const lockAt = new Map(rows.map((row) => [row, lockOf(row.now, closedUntil)]));
  const shares = shareDifference(
    rows,
    rewrite.wanted.seconds - rewrite.now.seconds,
    (row) => lockAt.get(row) === null,
  );
  if (!shares) return { ok: false, blocked: firstLock(lockAt) };
  const steps: Step[] = [];
  for (const row of rows) {
    const step = stepFor(planning, rewrite, row, shares.get(row) ?? row.now.seconds);
    if (!step) continue;
    const closedThere = step.kind === 'update' ? closedDay(step.desired.day, closedUntil) : null;
    const blocked = lockAt.get(row) ?? closedThere;
    if (blocked) return { ok: false, blocked };
    steps.push(step);
  }
  return { ok: true, steps };
}

/**
 * Why writing the wanted values would touch a locked row; null when it may be done. Nothing can be in the way where
 * no row is locked and the day stays: open rows take any sum of at least a minute.
 */
export function lockInTheWay(planning: Planning, rewrite: Rewrite): Reason | null {
  const { closedUntil } = planning.bridge;
  // Stryker disable next-line all: a short cut of speed; without it the same answer comes from the rewrite itself
  const stays = rewrite.wanted.day === rewrite.now.day && rewrite.wanted.seconds >= MINUTE;
  // Stryker disable next-line all: as above
  if (stays && standingRows(rewrite.about).every((row) => lockOf(row.now, closedUntil) === null)) return null;
  const tried = rewriteRows(planning, rewrite);
  return tried.ok ? null : tried.blocked;
}

/** Row → its new seconds, newest row first; null when the open rows cannot take the difference. */
function shareDifference(
  rows: readonly CaseRow[],
  difference: Seconds,
  isOpen: (row: CaseRow) => boolean,
): ReadonlyMap<CaseRow, Seconds> | null {
  const shares = new Map<CaseRow, Seconds>();
  let rest = difference;
  for (const row of rows.filter(isOpen)) {
    if (rest === 0) break;
    // The main row carries the lead's marker and stays, with at least a minute; correction rows may go.
    const least = row.linked.role === 'main' ? Math.min(MINUTE, row.now.seconds) : 0;
    const share = Math.max(least, row.now.seconds + rest);
    shares.set(row, share);
    rest -= share - row.now.seconds;
  }
  return rest === 0 ? shares : null;
}

function firstLock(lockAt: ReadonlyMap<CaseRow, Reason | null>): Reason {
  const locks = [...lockAt.values()].filter((lock) => lock !== null);
  return locks[0] ?? { code: 'nothing_left', facts: {} };
}

function stepFor(planning: Planning, rewrite: Rewrite, row: CaseRow, seconds: Seconds): Step | null {
  const { about, by, why } = rewrite;
  const shared = {
    leadId: about.lead.entry.id,
    linkId: about.link?.id ?? null,
    row: row.now,
    members: about.members,
    sourceBase: sourceBaseOf(about),
    by,
    why,
  };
  if (seconds === 0) return { kind: 'delete', closes: false, ...shared };
  const desired = changedTimesheet(
    about,
    {
      row: row.now,
      booking: bookingOf(rewrite, row.now),
      place: placeOf(planning, rewrite, row, seconds),
      sequence: row.linked.sequence,
      renamed: rewrite.renamed,
    },
    planning.bridge,
  );
  const changes = changesBetween(row.now, desired, planning.bridge.timeZone);
  // A removed marker alone is no reason to write: it is put back only with the next write.
  const matters = Object.keys(changes).some((field) => field !== 'description');
  const rewords = rewrite.renamed && changes.description !== undefined;
  if (!matters && !rewords) return null;
  return { kind: 'update', changes, desired, acceptedSeconds: rewrite.acceptedSeconds, ...shared };
}

/** Only the fields that the decision is about; a row of its own project keeps it otherwise. */
function bookingOf({ wanted, now }: Rewrite, row: Timesheet) {
  return {
    userId: wanted.userId === now.userId ? row.userId : wanted.userId,
    projectId: wanted.projectId === now.projectId ? row.projectId : wanted.projectId,
    activityId: wanted.activityId === now.activityId ? row.activityId : wanted.activityId,
  };
}

/**
 * A changed duration keeps begin and moves end; another day is the one that was agreed, at the time agreed. A break that
 * people entered stays: Kimai counts end − begin − break. What it rounds is no break.
 */
function placeOf(planning: Planning, { wanted, now, begin }: Rewrite, row: CaseRow, seconds: Seconds): Place {
  const zone = planning.bridge.timeZone;
  const { breakSeconds = 0 } = row.now;
  const lasting = seconds + breakSeconds;
  const isMain = row.linked.role === 'main';
  if (begin !== null && isMain)
    return { ...placeFrom(begin, { day: row.now.day, seconds: lasting, zone }), seconds };
  const goesBack = wanted.day !== now.day && isMain;
  const beginMs = instantMs(goesBack ? row.linked.targetBase.begin : row.now.begin);
  const endMs = row.now.end === null ? beginMs : instantMs(row.now.end);
  if (!goesBack && seconds === row.now.seconds) return unmoved(row.now, zone, endMs);
  const day = goesBack ? wanted.day : row.now.day;
  return { ...placeAt({ beginMs, seconds: lasting, day, zone }), seconds };
}

const unmoved = (row: Timesheet, zone: string, endMs: number): Place => ({
  day: row.day,
  begin: localTime(instantMs(row.begin), zone),
  end: localTime(endMs, zone),
  beginAt: row.begin,
  endAt: toInstant(endMs),
  seconds: row.seconds,
});
