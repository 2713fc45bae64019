import type { Timesheet } from '../../domain/timesheet.js';

export const TIMESHEET_COLUMNS = `t.external_id as "externalId", t.user_id as "userId", t.project_id as "projectId",
  t.activity_id as "activityId", t.begin_at as "begin", t.end_at as "end", t.seconds, t.break_seconds as "breakSeconds", t.day, t.description, t.tags,
  t.exported, t.billable, t.rate::float8 as rate, t.read_at as "readAt", t.deleted_at as "deletedAt", t.unreadable`;

export type TimesheetRow = Omit<Timesheet, 'begin' | 'end' | 'readAt' | 'deletedAt'> & {
  begin: Date;
  end: Date | null;
  readAt: Date;
  deletedAt: Date | null;
};

export const timesheetOf = (r: TimesheetRow): Timesheet => ({
  ...r,
  begin: r.begin.toISOString(),
  end: r.end?.toISOString() ?? null,
  readAt: r.readAt.toISOString(),
  deletedAt: r.deletedAt?.toISOString() ?? null,
});
