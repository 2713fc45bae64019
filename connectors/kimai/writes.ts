import { SyncError } from '../../domain/errors.js';
import type { LocalTime } from '../../domain/time-entry.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from '../../domain/timesheet.js';
import { atLocalTime, localTime } from '../../domain/zone.js';
import type { Answer } from '../http.js';
import type { KimaiClient } from './client.js';
import { normaliseRow } from './normalise.js';
import { readTimesheet } from './timesheets.js';
import type { UserZones } from './user-zones.js';

const PATH = '/timesheets';
/** MariaDB's TEXT; one byte more is a 500 that looks like a server at fault. */
const LONGEST_DESCRIPTION_BYTES = 65_535;

/** Books a timesheet, always with begin and end: without an end Kimai would start a timer and stop another. */
export async function createTimesheet(
  client: KimaiClient,
  timeZone: string,
  desired: DesiredTimesheet,
): Promise<Timesheet> {
  const body = {
    begin: wholeMinutes(desired.begin),
    end: wholeMinutes(desired.end),
    project: idNumber(desired.projectId),
    activity: idNumber(desired.activityId),
    user: idNumber(desired.userId),
    description: fitting(desired.description),
    tags: tagText(desired.tags),
    // A field the token may not set is an error, even with the value it would have anyway.
    ...(desired.billable === null ? {} : { billable: desired.billable }),
  };
  return written(await client.write({ method: 'POST', path: PATH, body }), timeZone, `POST ${PATH}`);
}

/** Changes only the fields that are named: each that is sent has Kimai validate it again. */
export async function updateTimesheet(
  client: KimaiClient,
  zones: UserZones,
  timeZone: string,
  externalId: string,
  changes: TimesheetChanges,
): Promise<Timesheet> {
  const path = `${PATH}/${externalId}`;
  const clock = await clockOf(client, zones, timeZone, externalId, changes);
  const body = {
    ...(changes.begin === undefined ? {} : { begin: clock(wholeMinutes(changes.begin)) }),
    ...(changes.end === undefined ? {} : { end: clock(wholeMinutes(changes.end)) }),
    ...(changes.projectId === undefined ? {} : { project: idNumber(changes.projectId) }),
    ...(changes.activityId === undefined ? {} : { activity: idNumber(changes.activityId) }),
    ...(changes.userId === undefined ? {} : { user: idNumber(changes.userId) }),
    ...(changes.description === undefined ? {} : { description: fitting(changes.description) }),
    ...(changes.tags === undefined ? {} : { tags: tagText(changes.tags) }),
  };
  return written(await client.write({ method: 'PATCH', path, body }), timeZone, `PATCH ${path}`);
}

/**
 * POST reads times in the token user's zone, but PATCH in the record's own: for a person who lives elsewhere the
 * same moment is another time on the wall.
 */
async function clockOf(
  client: KimaiClient,
  zones: UserZones,
  timeZone: string,
  externalId: string,
  changes: TimesheetChanges,
): Promise<(time: LocalTime) => LocalTime> {
  const asIs = (time: LocalTime): LocalTime => time;
  if (changes.begin === undefined && changes.end === undefined) return asIs;
  if (await zones.allIn(timeZone)) return asIs;
  const row = await readTimesheet(client, timeZone, externalId);
  const zone = row === null ? null : await zones.zoneOf(row.userId);
  if (zone === null || zone === timeZone) return asIs;
  return (time) => localTime(atLocalTime(time.slice(0, 10), time.slice(11), timeZone), zone);
}

/** A 404 means that it is gone, also when it was our own first try whose answer got lost. */
export async function deleteTimesheet(client: KimaiClient, externalId: string): Promise<'deleted' | 'gone'> {
  try {
    await client.write({ method: 'DELETE', path: `${PATH}/${externalId}` });
    return 'deleted';
  } catch (error) {
    if (error instanceof SyncError && error.code === 'record_refused' && error.info.status === 404)
      return 'gone';
    throw error;
  }
}

/** What Kimai returned is what counts. An answer that cannot be read was a write all the same. */
function written(answer: Answer, timeZone: string, what: string): Timesheet {
  const row = normaliseRow(answer.body, { timeZone, readAt: answer.readAt });
  if (row !== null && row.unreadable === null) return row;
  const problem = row === null ? 'no row' : row.unreadable;
  throw new SyncError('outcome_unknown', `${what}: the answer cannot be read (${problem})`, {
    status: answer.status,
  });
}

function wholeMinutes(time: LocalTime): LocalTime {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:00$/.test(time)) return time;
  throw new RangeError(`"${time}" is not a local time of whole minutes (YYYY-MM-DDTHH:mm:00)`);
}

/** @throws RangeError for what is no id */
export function idNumber(id: string): number {
  const value = Number(id);
  if (/^\d+$/.test(id) && Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`"${id}" is not an id of Kimai`);
}

function fitting(description: string): string {
  if (Buffer.byteLength(description) <= LONGEST_DESCRIPTION_BYTES) return description;
  throw new SyncError('record_refused', `the description is longer than ${LONGEST_DESCRIPTION_BYTES} bytes`, {
    field: 'description',
    refusal: 'text_too_long',
  });
}

/** One comma-separated text on writing, a list on reading. */
function tagText(tags: readonly string[]): string {
  const wrong = tags.find((tag) => tag.includes(','));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" cannot be a tag: it has a comma`);
  return tags.join(',');
}
