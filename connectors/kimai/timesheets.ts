import { SyncError } from '../../domain/errors.js';
import { carriesMarker } from '../../domain/marker.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { addDays, instantMs } from '../../domain/zone.js';
import { pageOf } from '../cursor.js';
import type { Answer } from '../http.js';
import { assertMostlyReadable, parseList } from '../parse.js';
import type { Page, TimesheetQuery } from '../port.js';
import type { KimaiClient, Query } from './client.js';
import { normaliseRow } from './normalise.js';
import type { UserZones } from './user-zones.js';

export const OTHERS_PERMISSION = 'view_other_timesheet';
const PATH = '/timesheets';
/** Kimai's maximum since 2.45; more is clamped. */
const PAGE_SIZE = 500;

/** A page of timesheets by id. 404 on a later page is the end: rows were deleted while we walked. */
export async function listTimesheets(
  client: KimaiClient,
  zones: UserZones,
  timeZone: string,
  query: TimesheetQuery,
  cursor: string | null,
): Promise<Page<Timesheet>> {
  const page = pageOf(cursor);
  const answer = await client.tryRead(PATH, { ...filtersOf(query), ...ordered(page) });
  if (answer.status === 404 && page > 1)
    return { items: [], unreadable: [], cursor: null, ...timesOf(answer) };
  const items = readPage(answer, timeZone);
  const own = query.userId === undefined ? items : await assertUser(items, query.userId, zones);
  const pages = pageCount(answer);
  return {
    items: own,
    unreadable: [],
    cursor: page < pages ? String(page + 1) : null,
    ...timesOf(answer),
  };
}

const timesOf = ({ readAt, serverTime }: Answer) => ({ readAt, serverTime });

const ordered = (page: number): Query => ({ orderBy: 'id', order: 'ASC', size: PAGE_SIZE, page });

/** `begin` and `end` both filter on the start, in the token user's zone; `modified_after` is UTC. Formats are strict. */
function filtersOf({ fromDay, toDay, modifiedAfter, userId }: TimesheetQuery): Query {
  return {
    user: userId ?? 'all',
    ...(fromDay === undefined ? {} : { begin: `${fromDay}T00:00:00` }),
    ...(toDay === undefined ? {} : { end: `${toDay}T23:59:59` }),
    ...(modifiedAfter === undefined ? {} : { modified_after: utcSeconds(instantMs(modifiedAfter)) }),
  };
}

const utcSeconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

function readPage(answer: Answer, timeZone: string): readonly Timesheet[] {
  if (answer.status !== 200) {
    const code = answer.status === 403 ? 'permission_missing' : 'contract_broken';
    throw new SyncError(code, `GET ${PATH} answered ${answer.status}`, {
      status: answer.status,
      ...(code === 'permission_missing' ? { permission: OTHERS_PERMISSION } : {}),
    });
  }
  const rows = parseList(answer.body, `GET ${PATH}`).map((raw) =>
    normaliseRow(raw, { timeZone, readAt: answer.readAt }),
  );
  const items = rows.filter((row) => row !== null);
  if (items.length < rows.length) throw new SyncError('contract_broken', `GET ${PATH}: a row has no id`);
  assertMostlyReadable(items.filter((row) => row.unreadable !== null).length, items.length, `GET ${PATH}`);
  return items;
}

function pageCount(answer: Answer): number {
  const pages = Number(answer.header('x-total-pages') ?? Number.NaN);
  if (Number.isSafeInteger(pages) && pages >= 1) return pages;
  throw new SyncError('contract_broken', `GET ${PATH}: no X-Total-Pages header`);
}

/**
 * Kimai answers with the token user's own rows when it does not know the user or when the token may not see
 * others, without a word. Rows of somebody else are therefore no answer to the question.
 */
async function assertUser(
  items: readonly Timesheet[],
  userId: string,
  zones: UserZones,
): Promise<readonly Timesheet[]> {
  if (items.every((row) => row.userId === userId || row.unreadable !== null)) return items;
  if ((await zones.exists(userId)) === false) return [];
  throw new SyncError('permission_missing', `GET ${PATH}: the filter by user ${userId} was ignored`, {
    permission: OTHERS_PERMISSION,
  });
}

/** One row; null is a 404. A 403 proves that it is there and no longer ours to see. */
export async function readTimesheet(
  client: KimaiClient,
  timeZone: string,
  externalId: string,
): Promise<Timesheet | null> {
  const path = `${PATH}/${externalId}`;
  const answer = await client.tryRead(path);
  if (answer.status === 404) return null;
  if (answer.status === 403) {
    throw new SyncError('record_refused', `GET ${path} answered 403`, { status: 403, refusal: 'forbidden' });
  }
  const row = normaliseRow(answer.body, { timeZone, readAt: answer.readAt });
  if (row === null) throw new SyncError('contract_broken', `GET ${path}: the row has no id`);
  return row;
}

/** Other characters mean something to the search: a colon names a field, `%` and `_` match anything. */
const SEARCHABLE = /^\[[a-z0-9-]+\]$/;

/**
 * Rows whose description has exactly this marker, lowest id first. The search is by substring and ignores case,
 * so each hit is compared here; a day either side absorbs zones and rounding.
 */
export async function findByMarker(
  client: KimaiClient,
  timeZone: string,
  marker: string,
  around: { readonly userId: string; readonly day: string },
): Promise<readonly Timesheet[]> {
  if (!SEARCHABLE.test(marker)) throw new RangeError(`"${marker}" cannot be searched for in Kimai`);
  const filters = filtersOf({
    userId: around.userId,
    fromDay: addDays(around.day, -1),
    toDay: addDays(around.day, 1),
  });
  const found: Timesheet[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.tryRead(PATH, { ...filters, term: marker, ...ordered(page) });
    if (answer.status === 404 && page > 1) return found;
    found.push(...readPage(answer, timeZone).filter((row) => carriesMarker(row.description, marker)));
    if (page >= pageCount(answer)) return found;
  }
}
