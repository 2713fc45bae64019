import type { SourceEntry, UnreadableRecord } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import type { Page } from '../port.js';
import { listChangedTickets } from './changed-tickets.js';
import type { ZammadClient } from './client.js';
import { nameEntries, readListing, type ReadEntries } from './entry-pages.js';
import type { Names } from './names.js';
import type { EntryRules } from './normalise.js';
import type { ZammadEntry } from './schema.js';
import { searchTickets, WITH_TIME } from './tickets.js';

/** What a token without the flat listing needs, on every group whose time counts. */
export const TICKET_PERMISSION = 'ticket.agent with change access to the group';
const ENTRY_PAGE = 1_000;
/** One page of tickets is as many calls: few enough to be one step of a run. */
const TICKETS_AT_A_TIME = 50;

type RawListing = {
  readonly entries: readonly ZammadEntry[];
  readonly unreadable: readonly UnreadableRecord[];
  readonly readAt: Instant;
};

/**
 * All entries of one ticket. The first page is taken as complete when its sum is the ticket's own sum (saves a
 * call per webhook); otherwise pages are read until one is empty.
 */
export async function readTicketEntries(
  client: ZammadClient,
  ticketId: string,
  expectedSum: string | null,
): Promise<RawListing> {
  const entries: ZammadEntry[] = [];
  const unreadable: UnreadableRecord[] = [];
  let firstReadAt: Instant | null = null;
  for (let page = 1; ; page += 1) {
    const path = `/tickets/${ticketId}/time_accountings`;
    const query = { expand: true, per_page: ENTRY_PAGE, page };
    const { body, readAt } = await client.read(path, query, TICKET_PERMISSION);
    const listing = readListing(body, `GET ${path}`);
    entries.push(...listing.entries);
    unreadable.push(...listing.unreadable);
    firstReadAt ??= readAt;
    if (listing.size === 0 || sumIs(entries, expectedSum))
      return { entries, unreadable, readAt: firstReadAt };
  }
}

/** Hundredths are exact as integers; the column is decimal(6,2). */
function sumIs(entries: readonly ZammadEntry[], expected: string | null): boolean {
  if (expected === null) return false;
  const hundredths = (text: string): number => Math.round(Number(text) * 100);
  return entries.reduce((sum, entry) => sum + hundredths(entry.time_unit), 0) === hundredths(expected);
}

async function readMany(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  tickets: readonly Ticket[],
): Promise<ReadEntries> {
  const listings = await Promise.all(
    tickets.map((ticket) => readTicketEntries(client, ticket.id, ticket.sum)),
  );
  const raws = listings.flatMap(({ entries }) => entries);
  return {
    items: await nameEntries(raws, rules, names),
    unreadable: listings.flatMap(({ unreadable }) => unreadable),
  };
}

type Ticket = { readonly id: string; readonly sum: string | null };

/** Before any ticket. */
const EVER: Instant = '1970-01-01T00:00:00Z';

/**
 * All entries without the flat listing: every ticket that has time, and one call for each of them. Walked by their last
 * change: an offset over their ids would skip a ticket when another is deleted meanwhile.
 */
export const listAllByTicket = (
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  cursor: string | null,
): Promise<Page<SourceEntry>> => listChangedByTicket(client, names, rules, EVER, cursor);

/** The entries of the few tickets that were touched last. */
export async function listNewestByTicket(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  most: number,
): Promise<ReadEntries> {
  const search = { condition: WITH_TIME, sort: 'updated_at', order: 'desc', page: 1, perPage: most };
  const { tickets } = await searchTickets(client, names, search);
  const asked = tickets.map(({ id, time_unit: sum }) => ({ id: String(id), sum }));
  return readMany(client, names, rules, asked);
}

/** Entries changed since, found by their tickets: an edit of the type alone touches no ticket and is not seen. */
export async function listChangedByTicket(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  since: Instant,
  cursor: string | null,
): Promise<Page<SourceEntry>> {
  const tickets = await listChangedTickets(client, names, since, cursor, TICKETS_AT_A_TIME);
  const asked = tickets.items.map(({ ticketId, unitSum }) => ({ id: ticketId, sum: unitSum }));
  const read = await readMany(client, names, rules, asked);
  const recent = read.items.filter((entry) => Date.parse(entry.updatedAt) >= Date.parse(since));
  const { cursor: next, readAt, serverTime } = tickets;
  return { items: recent, unreadable: read.unreadable, cursor: next, readAt, serverTime };
}
