import type { SourceEntry } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { pageOf } from '../cursor.js';
import type { Page } from '../port.js';
import type { ZammadClient } from './client.js';
import { nameEntries, readListing } from './entry-pages.js';
import type { Names } from './names.js';
import type { EntryRules } from './normalise.js';

/** `GET /time_accountings` lists the entries of all tickets, for tokens with this permission (since 6.1). */
export const FLAT_PERMISSION = 'admin.time_accounting';
const ALL_PAGE = 1_000;
const CHANGED_PAGE = 200;

/** All entries by id. A page may be shorter than asked for (sizes are clamped silently): only an empty one ends. */
export async function listAllFlat(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  cursor: string | null,
): Promise<Page<SourceEntry>> {
  const page = pageOf(cursor);
  const query = { sort_by: 'id', order_by: 'asc', per_page: ALL_PAGE, page };
  const { body, readAt } = await client.read('/time_accountings', query, FLAT_PERMISSION);
  const { entries, unreadable, size } = readListing(body, 'GET /time_accountings');
  const items = await nameEntries(entries, rules, names);
  return { items, unreadable, cursor: size === 0 ? null : String(page + 1), readAt };
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
  const { body, readAt } = await client.read('/time_accountings', query, FLAT_PERMISSION);
  const { entries, unreadable, size } = readListing(body, 'GET /time_accountings');
  const recent = entries.filter((entry) => Date.parse(entry.updated_at) >= Date.parse(since));
  const items = await nameEntries(recent, rules, names);
  const ended = size === 0 || recent.length < entries.length;
  return { items, unreadable, cursor: ended ? null : String(page + 1), readAt };
}
