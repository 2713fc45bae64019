import type { DesiredTimesheet, Timesheet, TimesheetChanges } from '../timesheet.js';
import { localDay, msOf, wallClock } from './calendar.js';

/** What a Kimai does by itself. */
export type KimaiSetting = {
  readonly allowsOverlap: boolean;
  readonly allowsFuture: boolean;
  /** Ends are rounded up to so many seconds. */
  readonly roundsTo: number;
  readonly zone: string;
};

export type Answer = { readonly row: Timesheet } | { readonly refused: 'overlap' | 'future' };

/** A list of timesheets, and what Kimai answers to those who write to it. */
export class Kimai {
  rows: readonly Timesheet[] = [];
  private nextId = 1;

  constructor(private readonly setting: KimaiSetting) {}

  row(id: string): Timesheet | undefined {
    return this.rows.find(({ externalId }) => externalId === id);
  }

  put(row: Timesheet): void {
    this.rows = this.rows.map((one) => (one.externalId === row.externalId ? row : one));
  }

  /** A row as people make it: nothing is checked. */
  add(row: Omit<Timesheet, 'externalId'>): Timesheet {
    const added = { ...row, externalId: `${this.nextId}` };
    this.nextId += 1;
    this.rows = [...this.rows, added];
    return added;
  }

  create(desired: DesiredTimesheet, now: string): Answer {
    const refused = this.refuses(null, desired.userId, desired.beginAt, desired.endAt, now);
    if (refused) return { refused };
    const row = this.add({
      userId: desired.userId,
      projectId: desired.projectId,
      activityId: desired.activityId,
      begin: desired.beginAt,
      end: this.roundUp(desired.beginAt, desired.endAt),
      seconds: (msOf(this.roundUp(desired.beginAt, desired.endAt)) - msOf(desired.beginAt)) / 1000,
      day: localDay(msOf(desired.beginAt), this.setting.zone),
      description: desired.description,
      tags: desired.tags,
      exported: false,
      billable: desired.billable ?? true,
      rate: null,
      readAt: now,
      deletedAt: null,
      unreadable: null,
    });
    return { row };
  }

  /** Only what the request names; a pause that people entered stays. */
  update(id: string, changes: TimesheetChanges, now: string): Answer {
    const old = this.open(id);
    const begin = changes.begin === undefined ? old.begin : this.instantOf(changes.begin);
    const oldEnd = old.end ?? now;
    const end = changes.end === undefined ? oldEnd : this.instantOf(changes.end);
    const refused = this.refuses(id, changes.userId ?? old.userId, begin, end, now);
    if (refused) return { refused };
    const movesTime = changes.begin !== undefined || changes.end !== undefined;
    const rounded = movesTime ? this.roundUp(begin, end) : end;
    const seconds = (msOf(rounded) - msOf(begin)) / 1000 - (old.breakSeconds ?? 0);
    const row: Timesheet = {
      ...old,
      userId: changes.userId ?? old.userId,
      projectId: changes.projectId ?? old.projectId,
      activityId: changes.activityId ?? old.activityId,
      description: changes.description ?? old.description,
      tags: changes.tags ?? old.tags,
      begin,
      end: rounded,
      seconds: movesTime ? seconds : old.seconds,
      day: localDay(msOf(begin), this.setting.zone),
    };
    this.put(row);
    return { row };
  }

  /** Gone, which a 404 proves. */
  remove(id: string, now: string): void {
    this.put({ ...this.open(id), deletedAt: now });
  }

  /** The row, if anybody may write to it; else whoever asks has a bug. */
  private open(id: string): Timesheet {
    const row = this.row(id);
    if (!row || row.deletedAt !== null) throw new Error(`row ${id} is not there`);
    if (row.exported) throw new Error(`row ${id} is exported: nobody writes to it`);
    if (row.unreadable !== null || row.end === null) throw new Error(`row ${id} is not to be touched`);
    return row;
  }

  private refuses(
    own: string | null,
    userId: string,
    begin: string,
    end: string,
    now: string,
  ): 'overlap' | 'future' | null {
    if (!this.setting.allowsFuture && msOf(end) > msOf(now)) return 'future';
    if (this.setting.allowsOverlap) return null;
    const overlaps = this.rows.some(
      (one) =>
        one.deletedAt === null &&
        one.externalId !== own &&
        one.userId === userId &&
        msOf(one.begin) < msOf(end) &&
        (one.end === null || msOf(one.end) > msOf(begin)),
    );
    return overlaps ? 'overlap' : null;
  }

  private roundUp(begin: string, end: string): string {
    const stepMs = this.setting.roundsTo * 1000;
    return iso(msOf(begin) + Math.ceil((msOf(end) - msOf(begin)) / stepMs) * stepMs);
  }

  /** The first moment at which the clock on the wall shows this. */
  private instantOf(local: string): string {
    const wanted = local.replace('T', ' ');
    const around = Date.parse(`${local}Z`);
    for (let hours = -14; hours <= 14; hours += 1) {
      const ms = around + hours * 3_600_000;
      if (wallClock(ms, this.setting.zone) === wanted) return iso(ms);
    }
    throw new Error(`${local} is shown by no clock`);
  }
}

export const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
