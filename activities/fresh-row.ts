import { MATTERING_FIELDS, type DesiredTimesheet, type Timesheet } from '../domain/timesheet.js';

const sameInstant = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : Date.parse(a) === Date.parse(b);

/**
 * Nothing that a plan looked at moved since: the fields that matter, begin and end, the description we extend, and
 * the locks. A row that cannot be read or is exported is never as planned.
 */
export const rowStillAsPlanned = (now: Timesheet, planned: Timesheet): boolean =>
  now.unreadable === null &&
  !now.exported &&
  MATTERING_FIELDS.every((field) => now[field] === planned[field]) &&
  sameInstant(now.begin, planned.begin) &&
  sameInstant(now.end, planned.end) &&
  now.description === planned.description;

/**
 * A change whose answer was lost has arrived. Where the target rounds, this cannot be told: the same is sent once more,
 * which changes nothing.
 */
export const rowIsAsDesired = (now: Timesheet, desired: DesiredTimesheet): boolean =>
  now.unreadable === null &&
  now.userId === desired.userId &&
  now.projectId === desired.projectId &&
  now.activityId === desired.activityId &&
  now.day === desired.day &&
  now.seconds === desired.seconds &&
  (now.description ?? '') === desired.description;

/** A row that was found by its marker, with all that matters as it was sent: the base against which a change shows. */
export const asSent = (
  found: Timesheet,
  { userId, projectId, activityId, day, seconds }: DesiredTimesheet,
): Timesheet => ({ ...found, userId, projectId, activityId, day, seconds });
