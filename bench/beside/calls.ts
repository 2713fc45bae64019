import { bookingsOf, firstDay, FIRST_TICKET_NUMBER } from '../stage/books.js';
import type { Systems } from '../stage/systems.js';
import { bareLoop, type BareCall } from './bare-loop.js';
import { usualScript } from './usual-script.js';

/* The calls of the standard cases (docs/calls.md) for the bare loop. */

const ZAMMAD = 'Token token=tok_sync';
const KIMAI = 'Bearer tok_sync';
const SEARCH = {
  condition: { 'ticket.time_unit': { operator: 'is not', value: null } },
  ...{ sort_by: 'id', order_by: 'asc', full: true },
};

const pages = (count: number, size: number, path: (page: number) => BareCall): BareCall[] =>
  Array.from({ length: Math.max(1, Math.ceil(count / size)) }, (_, at) => path(at + 1));

const get = (path: string): BareCall => ({ method: 'GET', path });
const entryPages = (entries: number): BareCall[] =>
  pages(entries, 1_000, (page) => get(`/api/v1/time_accountings?expand=true&per_page=1000&page=${page}`));
const rowPages = (rows: number): BareCall[] =>
  pages(rows, 500, (page) =>
    get(
      `/api/timesheets?user=all&size=500&orderBy=id&order=ASC&begin=${firstDay(new Date())}T00:00:00&page=${page}`,
    ),
  );
const ticketPages = (tickets: number): BareCall[] =>
  pages(tickets, 200, (page) => ({
    ...{ method: 'POST', path: '/api/v1/tickets/search' },
    body: { ...SEARCH, page, per_page: 200 },
  }));

/** Both books read once, one call after the other. @returns ms. */
export async function bareReading(
  { zammadUrl, kimaiUrl }: Systems,
  size: { readonly entries: number; readonly rows: number; readonly tickets: number },
): Promise<number> {
  const source = [get('/api/v1/settings'), ...entryPages(size.entries), ...ticketPages(size.tickets)];
  const target = [get('/api/users/me'), ...rowPages(size.rows)];
  return (await bareLoop(kimaiUrl, KIMAI, target, 1)) + (await bareLoop(zammadUrl, ZAMMAD, source, 1));
}

/** The five calls of a run that finds nothing new. @returns ms. */
export const bareUnchanged = (systems: Systems): Promise<number> =>
  bareReading(systems, { entries: 1, rows: 1, tickets: 1 });

/** All entries booked in Kimai, four at a time, and no more. @returns ms. */
export const bareBooking = ({ kimaiUrl }: Systems, entries: number): Promise<number> => {
  const calls = bookingsOf(entries, new Date()).map((body): BareCall => ({
    method: 'POST',
    path: '/api/timesheets',
    body,
  }));
  return bareLoop(kimaiUrl, KIMAI, calls, 4);
};

/** The usual script over a few tickets. @returns ms a ticket. */
export async function scriptTicketMs(systems: Systems, tickets: number): Promise<number> {
  const list = Array.from({ length: tickets }, (_, at) => ({
    id: at + 1,
    number: FIRST_TICKET_NUMBER + at + 1,
  }));
  return (await usualScript(systems, { zammad: ZAMMAD, kimai: KIMAI }, list)) / tickets;
}
