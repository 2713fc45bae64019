import { changesBetween } from './desired.js';
import type { Link } from './link.js';
import { closedDay, lockOf } from './locks.js';
import { findMarkers, formatMarker } from './marker.js';
import { reason, type Reason } from './reason.js';
import type { Day } from './time-entry.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from './timesheet.js';
import { instantMs, localTime, toInstant } from './zone.js';

/** A write that is to be taken back: the row before it and as the target returned it; null where there was none. */
export type DoneWrite = { readonly before: Timesheet | null; readonly after: Timesheet | null };

/** What was written about one lead, and what is there now. */
export type UndoCase = {
  readonly leadId: string;
  /** Oldest first. */
  readonly writes: readonly DoneWrite[];
  /** The link before the oldest of it; null when there was none. */
  readonly linkBefore: Omit<Link, 'id' | 'leadId'> | null;
  /** Something else was agreed about this lead since: taking back the older part would tear it. */
  readonly changedLater: boolean;
  /** Rows of the target as last read, by id; tombstones included. */
  readonly rows: ReadonlyMap<string, Timesheet>;
  readonly closedUntil: Day | null;
  readonly zone: string;
};

export type UndoStep =
  | { readonly kind: 'delete'; readonly row: Timesheet }
  | {
      readonly kind: 'update';
      readonly row: Timesheet;
      readonly changes: TimesheetChanges;
      readonly desired: DesiredTimesheet;
    }
  /** A row that was deleted comes back under another id. */
  | {
      readonly kind: 'create';
      readonly replaces: string;
      readonly desired: DesiredTimesheet;
      readonly marker: string | null;
    };

export const UNDO_ACTIONS = ['delete', 'restore', 'recreate', 'unlink', 'reopen', 'nothing'] as const;
export type UndoAction = (typeof UNDO_ACTIONS)[number];

export type UndoPlan = {
  readonly action: UndoAction;
  readonly steps: readonly UndoStep[];
  /** Fields that get back what was there before. */
  readonly fields: readonly string[];
  /** What is left as it is, and why. With no step and no change of links it is all of it. */
  readonly left: readonly Reason[];
};

/** Fields of a row that are taken back together: begin, end and duration are one thing to people. */
const FIELD_GROUPS = {
  time: ['begin', 'end', 'seconds', 'day'],
  project: ['projectId'],
  activity: ['activityId'],
  person: ['userId'],
  description: ['description'],
} as const satisfies Readonly<Record<string, readonly (keyof Timesheet)[]>>;
type FieldGroup = keyof typeof FIELD_GROUPS;
const PICK: Readonly<Record<FieldGroup, (row: Timesheet) => Partial<Timesheet>>> = {
  time: ({ begin, end, seconds, day }) => ({ begin, end, seconds, day }),
  project: ({ projectId }) => ({ projectId }),
  activity: ({ activityId }) => ({ activityId }),
  person: ({ userId }) => ({ userId }),
  description: ({ description }) => ({ description }),
};
const GROUP_NAMES: readonly FieldGroup[] = ['time', 'project', 'activity', 'person', 'description'];

/**
 * Taking back what was written about a lead (books.md, "Undo"): fields that still equal what we wrote get what was
 * there before; created rows are deleted, deleted ones written anew, linked ones unlinked. What changed since, is
 * exported or closed is listed and left. Rows of one lead go together: when one must not be touched, none is.
 */
export function planUndo(undo: UndoCase): UndoPlan {
  if (undo.changedLater) return leave([reason('undo_changed_later')]);
  const parts = netWrites(undo.writes).map((write) => undoWrite(undo, write));
  const blocked = parts.flatMap((part) => (part.ok ? [] : [part.why]));
  if (blocked.length > 0) return leave(blocked);
  const done = parts.flatMap((part) => (part.ok ? [part] : []));
  const steps = done.flatMap(({ step }) => (step === null ? [] : [step]));
  const left = done.flatMap((part) => part.left);
  if (undo.writes.length > 0 && steps.length === 0 && left.length > 0) return leave(left);
  return { action: actionOf(undo, steps), steps, fields: done.flatMap(({ fields }) => fields), left };
}

const leave = (left: readonly Reason[]): UndoPlan => ({ action: 'nothing', steps: [], fields: [], left });

function actionOf({ linkBefore }: UndoCase, steps: readonly UndoStep[]): UndoAction {
  const [first] = steps;
  if (!first) return linkBefore === null ? 'unlink' : 'reopen';
  return ({ delete: 'delete', update: 'restore', create: 'recreate' } as const)[first.kind];
}

/** Several writes to one row are one: from what was there first to what was returned last. */
function netWrites(writes: readonly DoneWrite[]): readonly DoneWrite[] {
  const byRow = new Map<string, DoneWrite>();
  for (const write of writes) {
    const id = (write.before ?? write.after)?.externalId;
    if (id === undefined) continue;
    const earlier = byRow.get(id);
    byRow.set(id, { before: earlier ? earlier.before : write.before, after: write.after });
  }
  return [...byRow.values()].filter(({ before, after }) => before !== null || after !== null);
}

type Part =
  | {
      readonly ok: true;
      readonly step: UndoStep | null;
      readonly fields: readonly string[];
      readonly left: readonly Reason[];
    }
  | { readonly ok: false; readonly why: Reason };

function undoWrite(undo: UndoCase, { before, after }: DoneWrite): Part {
  if (after === null) return before === null ? unchanged([]) : recreate(undo, before);
  const now = undo.rows.get(after.externalId) ?? after;
  const timesheetId = after.externalId;
  if (now.deletedAt !== null) {
    // A created row that people deleted meanwhile is what taking it back would come to.
    return before === null ? unchanged([]) : { ok: false, why: reason('undo_row_gone', { timesheetId }) };
  }
  const lock = lockOf(now, undo.closedUntil);
  if (lock) return { ok: false, why: lock };
  if (before !== null) return restore(undo, before, after, now);
  const changed = GROUP_NAMES.filter((group) => !equal(group, now, after));
  if (changed.length > 0)
    return { ok: false, why: reason('undo_changed_since', { timesheetId, fields: changed }) };
  return { ok: true, step: { kind: 'delete', row: now }, fields: [], left: [] };
}

const unchanged = (left: readonly Reason[]): Part => ({ ok: true, step: null, fields: [], left });

function recreate({ closedUntil, zone }: UndoCase, before: Timesheet): Part {
  const closed = closedDay(before.day, closedUntil);
  if (closed) return { ok: false, why: closed };
  if (before.end === null)
    return { ok: false, why: reason('row_running', { timesheetId: before.externalId }) };
  const desired = asDesired(before, endWithoutBreak(before, before.end), zone);
  return {
    ok: true,
    step: { kind: 'create', replaces: before.externalId, desired, marker: markerIn(before) },
    fields: [],
    left: [],
  };
}

/** A new row cannot be given a break everywhere: its time comes back, without the break. */
const endWithoutBreak = ({ breakSeconds = 0 }: Timesheet, end: string): string =>
  breakSeconds === 0 ? end : toInstant(instantMs(end) - breakSeconds * 1000);

const markerIn = ({ description }: Timesheet): string | null => {
  const [marker] = findMarkers(description);
  return marker ? formatMarker(marker) : null;
};

function restore({ closedUntil, zone }: UndoCase, before: Timesheet, after: Timesheet, now: Timesheet): Part {
  const written = GROUP_NAMES.filter((group) => !equal(group, before, after));
  const fields = written.filter((group) => equal(group, now, after) && !equal(group, now, before));
  const changed = written.filter((group) => !equal(group, now, after) && !equal(group, now, before));
  const left =
    changed.length === 0
      ? []
      : [reason('undo_changed_since', { timesheetId: now.externalId, fields: changed })];
  if (fields.length === 0) return unchanged(left);
  const back = fields.reduce<Partial<Timesheet>>(
    (taken, group) => ({ ...taken, ...PICK[group](before) }),
    {},
  );
  const wanted: Timesheet = { ...now, ...back };
  const closed = closedDay(wanted.day, closedUntil);
  if (closed) return { ok: false, why: closed };
  if (wanted.end === null) return { ok: false, why: reason('row_running', { timesheetId: now.externalId }) };
  const desired = asDesired(wanted, wanted.end, zone);
  return {
    ok: true,
    step: { kind: 'update', row: now, desired, changes: changesBetween(now, desired, zone) },
    fields,
    left,
  };
}

const asDesired = (row: Timesheet, end: string, zone: string): DesiredTimesheet => ({
  userId: row.userId,
  projectId: row.projectId,
  activityId: row.activityId,
  day: row.day,
  begin: localTime(instantMs(row.begin), zone),
  end: localTime(instantMs(end), zone),
  beginAt: row.begin,
  endAt: end,
  seconds: row.seconds,
  description: row.description ?? '',
  tags: row.tags,
  billable: row.billable,
});

const equal = (group: FieldGroup, a: Timesheet, b: Timesheet): boolean =>
  FIELD_GROUPS[group].every((field) => valueOf(a, field) === valueOf(b, field));

/** Instants are compared by what they mean, empty words are no words. */
function valueOf(row: Timesheet, field: (typeof FIELD_GROUPS)[FieldGroup][number]): string | number | null {
  if (field === 'begin') return instantMs(row.begin);
  if (field === 'end') return row.end === null ? null : instantMs(row.end);
  return field === 'description' ? (row.description ?? '') : row[field];
}
