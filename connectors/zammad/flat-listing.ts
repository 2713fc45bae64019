import { number, object, type InferType } from 'yup';
import type { SourceEntry } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { pageOf, readCursor, writeCursor } from '../cursor.js';
import { parseReply } from '../parse.js';
import type { Page } from '../port.js';
import type { ZammadClient } from './client.js';
import { nameEntries, readListing } from './entry-pages.js';
import type { Names } from './names.js';
import type { EntryRules } from './normalise.js';
import { countSchema } from './schema.js';

/** `GET /time_accountings` lists the entries of all tickets, for tokens with this permission (since 6.1). */
export const FLAT_PERMISSION = 'admin.time_accounting';
const ALL_PAGE = 1_000;
const CHANGED_PAGE = 200;

/** Where a walk over all entries stands: how many there were at its start, how many were read since, how often it began anew. */
const cursorSchema = object({
  page: number().integer().positive().required(),
  total: number().integer().min(0).required(),
  read: number().integer().min(0).required(),
  restarts: number().integer().min(0).required(),
}).required();
/** Entries deleted while one walks shift the pages, and others are skipped: the walk begins anew, but not for ever. */
const MOST_RESTARTS = 2;

/**
 * All entries by id, until as many were read as there are. A short page proves nothing (sizes are clamped silently), so it
 * is the exact number that ends the walk; an empty page before it means that entries were deleted meanwhile.
 */
export async function listAllFlat(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  cursor: string | null,
): Promise<Page<SourceEntry>> {
  const at =
    cursor === null
      ? { page: 1, total: await countEntries(client), read: 0, restarts: 0 }
      : readCursor(cursorSchema, cursor);
  const query = { sort_by: 'id', order_by: 'asc', per_page: ALL_PAGE, page: at.page };
  const { body, ...times } = await client.read('/time_accountings', query, FLAT_PERMISSION);
  const { entries, unreadable, size } = readListing(body, 'GET /time_accountings');
  const items = await nameEntries(entries, rules, names);
  return { items, unreadable, cursor: await nextOf(client, at, size), ...times };
}

async function nextOf(
  client: ZammadClient,
  at: InferType<typeof cursorSchema>,
  size: number,
): Promise<string | null> {
  const read = at.read + size;
  if (read >= at.total) return null;
  if (size > 0) return writeCursor({ ...at, page: at.page + 1, read });
  if (at.restarts >= MOST_RESTARTS) return null;
  return writeCursor({ page: 1, total: await countEntries(client), read: 0, restarts: at.restarts + 1 });
}

/** `total_count` of the flat listing is an exact COUNT(*). */
export async function countEntries(client: ZammadClient): Promise<number> {
  const { body } = await client.read('/time_accountings', { full: true, per_page: 1 }, FLAT_PERMISSION);
  return parseReply(countSchema, body, 'GET /time_accountings?full=true').total_count;
}

/**
 * Entries touched at or after `since`, newest first: the walk ends at the first older one. What is touched
 * meanwhile moves to the front and pushes others back, so that some come twice and none is missed.
 */
export async function listChangedFlat(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  since: Instant,
  cursor: string | null,
): Promise<Page<SourceEntry>> {
  const page = pageOf(cursor);
  // Each column needs its own direction: one without is dropped.
  const query = { sort_by: 'updated_at,id', order_by: 'desc,desc', per_page: CHANGED_PAGE, page };
  const { body, ...times } = await client.read('/time_accountings', query, FLAT_PERMISSION);
  const { entries, unreadable, size } = readListing(body, 'GET /time_accountings');
  const recent = entries.filter((entry) => Date.parse(entry.updated_at) >= Date.parse(since));
  const items = await nameEntries(recent, rules, names);
  const ended = size === 0 || recent.length < entries.length;
  return { items, unreadable, cursor: ended ? null : String(page + 1), ...times };
}
