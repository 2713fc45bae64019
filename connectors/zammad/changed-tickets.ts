import { array, number, object, string } from 'yup';
import type { SourceTicket } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { readCursor, writeCursor } from '../cursor.js';
import type { Page } from '../port.js';
import type { ZammadClient } from './client.js';
import type { Names } from './names.js';
import { describeTicket, ignoredCondition, SEARCH_PAGE, searchTickets, WITH_TIME } from './tickets.js';

/**
 * Where a walk by `updated_at` stands. Offset pages would skip rows, because each touched ticket moves to the end:
 * so it is page 1 of a bound that moves on, and `seen` are the tickets already told at exactly that bound.
 * Only when a whole page shares one instant does `page` count.
 */
const cursorSchema = object({
  after: string().required(),
  seen: array(number().required()).required(),
  page: number().integer().positive().required(),
}).required();

/** Tickets with time that were touched at or after `since`, oldest change first. */
export async function listChangedTickets(
  client: ZammadClient,
  names: Names,
  since: Instant,
  cursor: string | null,
  perPage = SEARCH_PAGE,
): Promise<Page<SourceTicket>> {
  const at =
    cursor === null
      ? { after: withMilliseconds(since), seen: [], page: 1 }
      : readCursor(cursorSchema, cursor);
  const { tickets, total, ...times } = await searchTickets(client, names, {
    condition: { 'ticket.updated_at': { operator: 'after (absolute)', value: at.after }, ...WITH_TIME },
    sort: 'updated_at,id',
    order: 'asc,asc',
    page: at.page,
    perPage,
  });
  if (tickets.some((ticket) => Date.parse(ticket.updated_at) < Date.parse(at.after)))
    throw ignoredCondition();

  const fresh = tickets.filter(({ id }) => !at.seen.includes(id));
  const items = await Promise.all(fresh.map((ticket) => describeTicket(ticket, names)));
  const last = tickets.at(-1);
  const complete = last === undefined || (at.page === 1 && total !== null && total <= tickets.length);
  if (complete) return { items, unreadable: [], cursor: null, ...times };

  const bound = withMilliseconds(last.updated_at);
  const atBound = tickets
    .filter((ticket) => Date.parse(ticket.updated_at) === Date.parse(bound))
    .map(({ id }) => id);
  const moved = bound !== at.after;
  const next = moved
    ? { after: bound, seen: atBound, page: 1 }
    : { after: bound, seen: [...new Set([...at.seen, ...atBound])], page: at.page + 1 };
  return { items, unreadable: [], cursor: writeCursor(next), ...times };
}

/** Zammad compares the text of the value: always UTC, always `Z`, milliseconds as it stores them. */
const withMilliseconds = (instant: Instant): Instant => new Date(instant).toISOString();
