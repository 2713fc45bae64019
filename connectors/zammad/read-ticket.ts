import { SyncError } from '../../domain/errors.js';
import type { Existence, TicketReading } from '../port.js';
import type { ZammadClient } from './client.js';
import { nameEntries } from './entry-pages.js';
import { FLAT_PERMISSION } from './flat-listing.js';
import type { Names } from './names.js';
import type { EntryRules } from './normalise.js';
import { readTicketEntries } from './ticket-listing.js';
import { readTicketsById } from './tickets.js';

/**
 * One ticket with all its entries. The ticket is read first: an admin's token gets `200 []` for the entries of
 * a ticket that does not exist, so an empty list alone says nothing.
 */
export async function readTicket(
  client: ZammadClient,
  names: Names,
  rules: EntryRules,
  ticketId: string,
): Promise<TicketReading> {
  const [ticket] = await readTicketsById(client, names, [ticketId]);
  if (ticket === undefined) return absentTicket(client, ticketId);
  const { entries, unreadable, readAt } = await readTicketEntries(client, ticketId, ticket.unitSum);
  return { found: true, ticket, entries: await nameEntries(entries, rules, names), unreadable, readAt };
}

/** Not in the search: deleted (404) or in a group that the token's user cannot read. */
async function absentTicket(client: ZammadClient, ticketId: string): Promise<TicketReading> {
  const { status, readAt } = await client.tryRead(`/tickets/${ticketId}`);
  if (status === 404) return { found: false, readAt };
  throw new SyncError('record_refused', `ticket ${ticketId} cannot be read with this token`, {
    status: 403,
    permission: "read access to the ticket's group",
  });
}

/** A single GET. Without the flat listing the ticket's own route is asked, where a moved entry is gone as well. */
export async function entryExists(
  client: ZammadClient,
  flat: boolean,
  sourceId: string,
  ticketId: string,
): Promise<Existence> {
  const path = flat ? `/time_accountings/${sourceId}` : `/tickets/${ticketId}/time_accountings/${sourceId}`;
  const { status } = await client.tryRead(path);
  if (status === 200) return 'there';
  if (status === 404) return 'gone';
  throw new SyncError('permission_missing', `GET ${path} answered 403`, {
    status,
    permission: flat ? FLAT_PERMISSION : 'ticket.agent',
  });
}
