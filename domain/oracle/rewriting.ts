import type { Seconds } from '../time-entry.js';
import type { Timesheet } from '../timesheet.js';
import {
  isClosed,
  isLocked,
  isThere,
  markersIn,
  type Books,
  type Case,
  type CaseRow,
  type Values,
} from './books.js';
import { atWallClock, isNearClockChange, msOf, wallClock } from './calendar.js';
import { deleteEffect, updateEffect, type Effect } from './effects.js';

type Rewriting = {
  readonly about: Case;
  readonly wanted: Values;
  readonly now: Values;
  readonly accepted: Seconds;
  /** Whether our line names another ticket; by default when the lead lies on another one now. */
  readonly renamed?: boolean;
  /** A person's own begin for the main row. */
  readonly begin?: string | null;
};

/**
 * The rows of a link as they have to be afterwards: the newest open row takes the difference in time (a main row
 * keeps a minute, a correction row may go), and each row gets the fields that moved. Blocked by any lock in the way.
 */
export function rewritten(
  books: Books,
  rewriting: Rewriting,
): readonly Effect[] | { readonly blocked: string } {
  const { about, wanted, now } = rewriting;
  const { closedUntil } = books.input.bridge;
  if (wanted.day !== now.day && isClosed(wanted.day, closedUntil)) return { blocked: 'closed' };
  const rows = about.rows.filter(isThere).sort((a, b) => b.linked.sequence - a.linked.sequence);
  let missing = wanted.seconds - now.seconds;
  const effects: Effect[] = [];
  let isBlocked = false;
  for (const row of rows) {
    const locked = isLocked(row.now, closedUntil);
    const seconds = locked ? row.now.seconds : Math.max(leastOf(row), row.now.seconds + missing);
    missing -= seconds - row.now.seconds;
    const effect = effectOn(books, rewriting, row, seconds);
    const isClosedThere =
      effect?.does === 'update' && isClosed(timeOf(books, rewriting, row, seconds).day, closedUntil);
    if (effect && (locked || isClosedThere)) isBlocked = true;
    if (effect) effects.push(effect);
  }
  return isBlocked || missing !== 0 ? { blocked: 'locked' } : effects;
}

const leastOf = ({ linked, now }: CaseRow): Seconds =>
  linked.role === 'main' ? Math.min(60, now.seconds) : 0;

function effectOn(books: Books, rewriting: Rewriting, row: CaseRow, seconds: Seconds): Effect | null {
  const { about, wanted, now, accepted } = rewriting;
  const { bridge } = books.input;
  if (seconds === 0) return deleteEffect(about, row.now, { ofLink: about.link !== null, closes: false });
  const follows = <F extends 'userId' | 'projectId' | 'activityId'>(field: F): string =>
    wanted[field] === now[field] ? row.now[field] : wanted[field];
  const booking = {
    userId: follows('userId'),
    projectId: follows('projectId'),
    activityId: follows('activityId'),
  };
  const time = timeOf(books, rewriting, row, seconds);
  const renamed = rewriting.renamed ?? isRenamed(about);
  const moves =
    booking.userId !== row.now.userId ||
    booking.projectId !== row.now.projectId ||
    booking.activityId !== row.now.activityId ||
    time.moved;
  // Without a marker nobody can tell which words are ours: they stay.
  const rewords =
    renamed && (bridge.policies.marker ? !saysSo(books, about, row) : row.now.description === null);
  if (!moves && !rewords) return null;
  const description = rewords || !carriesOwn(books, about, row) ? null : (row.now.description ?? '');
  return updateEffect(about, row.now, {
    booking,
    ...time,
    seconds,
    accepted,
    zone: bridge.timeZone,
    description,
  });
}

/** On another ticket than at the last agreement, or an admin had our words written anew. */
const isRenamed = ({ lead, link }: Case): boolean =>
  link !== null && (lead.reapply === true || lead.entry.ticketId !== link.sourceBase.ticketId);

/** Our line has the words already that it would get. */
function saysSo({ input }: Books, { lead: { entry } }: Case, { linked, now }: CaseRow): boolean {
  const suffix = linked.sequence === 1 ? '' : `-${linked.sequence}`;
  const marker = `[tb-${input.bridge.code}-${entry.sourceId}${suffix}]`;
  const line = (now.description ?? '').split('\n').find((one) => one.includes(marker)) ?? '';
  return line.startsWith(`#${entry.ticketNumber} ${entry.ticketTitle} ${marker}`);
}

/** Our line stands as it is: nothing of the words has to be written. */
function carriesOwn({ input }: Books, { lead }: Case, { linked, now }: CaseRow): boolean {
  if (!input.bridge.policies.marker) return now.description !== null;
  return markersIn(now.description).some(
    (one) =>
      one.code === input.bridge.code &&
      one.sourceId === lead.entry.sourceId &&
      one.sequence === linked.sequence,
  );
}

type Time = {
  readonly day: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** What Kimai is told about the time differs from what it has. */
  readonly moved: boolean;
};

/** A changed duration keeps the begin and moves the end, breaks included; another day is the one agreed, at its time. */
function timeOf(books: Books, { wanted, now, begin }: Rewriting, row: CaseRow, seconds: Seconds): Time {
  const zone = books.input.bridge.timeZone;
  const lasting = (seconds + (row.now.breakSeconds ?? 0)) * 1000;
  const from = (day: string, fromMs: number, toMs = fromMs + lasting): Time =>
    hidden(zone, { day, fromMs, toMs, moved: !sameWall(row.now, fromMs, toMs, zone) });
  if (row.linked.role === 'main' && begin) {
    const [day = '', clock = ''] = begin.includes('T') ? begin.split('T') : [row.now.day, begin];
    return from(day, atWallClock(day, clock.slice(0, 5), zone));
  }
  if (row.linked.role === 'main' && wanted.day !== now.day)
    return from(wanted.day, msOf(row.linked.targetBase.begin));
  const fromMs = msOf(row.now.begin);
  if (seconds !== row.now.seconds) return from(row.now.day, fromMs);
  return from(row.now.day, fromMs, row.now.end === null ? fromMs : msOf(row.now.end));
}

const hidden = (zone: string, time: Time & { readonly fromMs: number; readonly toMs: number }): Time =>
  isNearClockChange(time.fromMs, time.toMs, zone) ? { ...time, fromMs: null, toMs: null } : time;

const sameWall = (row: Timesheet, fromMs: number | null, toMs: number | null, zone: string): boolean =>
  fromMs !== null &&
  toMs !== null &&
  row.end !== null &&
  wallClock(msOf(row.begin), zone) === wallClock(fromMs, zone) &&
  wallClock(msOf(row.end), zone) === wallClock(toMs, zone);
