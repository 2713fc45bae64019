import { inReadScope, userCan, type Caller } from './caller.js';
import { readPage, readSort, sortRows, takePage } from './paging.js';
import { integer, text, type Params } from './params.js';
import { parseQuery } from './query-string.js';
import { articlesOfTicket } from './row-index.js';
import type { SearchIndex } from './search-index.js';
import { compileCondition, ticketColumns } from './selector.js';
import { versionNumber, type TicketRow, type ZammadWorld } from './world.js';

/** Search clamps its page silently. */
export const SEARCH_PAGE = { standard: 50, max: 200 } as const;

/** Elasticsearch counts hits only up to here; `only_total_count` is exact. */
const COUNTED_HITS = 10_000;

export type Search = {
  readonly world: ZammadWorld;
  readonly caller: Caller;
  readonly params: Params;
  readonly now: string;
  readonly index: SearchIndex;
};
export type Found = {
  readonly page: readonly TicketRow[];
  readonly total: number;
  readonly exactTotal: number;
};

const NOTHING: Found = { page: [], total: 0, exactTotal: 0 };

function visible(search: Search): TicketRow[] {
  const { world, caller } = search;
  return Object.values(world.tickets).filter((ticket) => inReadScope(world, caller.user, ticket));
}

// LIKE over title, number and articles: a date expression is then just a text that matches nothing.
function likeTest(world: ZammadWorld, query: string): (ticket: TicketRow) => boolean {
  const needle = query.replace(/^\*+|\*+$/g, '').toLowerCase();
  const holds = (value: string | null): boolean => (value ?? '').toLowerCase().includes(needle);
  return (ticket) =>
    holds(ticket.title) ||
    holds(ticket.number) ||
    articlesOfTicket(world, ticket.id).some(
      (article) => holds(article.body) || holds(article.from) || holds(article.to) || holds(article.subject),
    );
}

function byDatabase(search: Search, query: string | null): Found {
  const { world, params, now } = search;
  const ids = Array.isArray(params['ids']) && versionNumber(world) >= 605 ? params['ids'].map(integer) : null;
  // Up to 6.4 a query wins over the condition.
  const test =
    query !== null && (versionNumber(world) < 605 || params['condition'] === undefined)
      ? likeTest(world, query)
      : compileCondition({ world, now }, params['condition']);
  const rows = visible(search).filter((ticket) => (ids === null || ids.includes(ticket.id)) && test(ticket));
  const terms = readSort(params, ticketColumns(world), { column: 'updated_at', direction: 'desc' });
  const page = takePage(sortRows(rows, terms), readPage(params, SEARCH_PAGE));
  return { page, total: rows.length, exactTotal: rows.length };
}

function byIndex(search: Search, query: string): Found {
  const { world, caller, params, index, now } = search;
  const backend = world.installation.search_index;
  const match = backend?.failing === true ? null : parseQuery(world, query);
  if (!backend || !match) return NOTHING;
  index.catchUp(world, Date.parse(now));
  const terms = readSort(params, ticketColumns(world), { column: 'updated_at', direction: 'desc' });
  const { offset, limit } = readPage(params, SEARCH_PAGE);
  if (offset + limit > backend.window) return NOTHING;
  const hits = index.documents().filter((ticket) => inReadScope(world, caller.user, ticket) && match(ticket));
  const page = sortRows(hits, terms)
    .slice(offset, offset + limit)
    .flatMap((hit) => world.tickets[hit.id] ?? []);
  return { page, total: Math.min(hits.length, COUNTED_HITS), exactTotal: hits.length };
}

/** Answers a ticket search from the backend that this version would ask. */
export function searchTickets(search: Search): Found {
  const { world, caller, params } = search;
  if (!userCan(world, caller.user, 'ticket.agent') && !userCan(world, caller.user, 'ticket.customer'))
    return NOTHING;
  const query = text(params, 'query') ?? text(params, 'term');
  const asks = query !== null && query.replaceAll('*', '').trim() !== '';
  const indexed =
    world.installation.search_index !== null &&
    (versionNumber(world) >= 605 ? asks : params['condition'] === undefined);
  return indexed ? byIndex(search, query ?? '*') : byDatabase(search, asks ? query : null);
}
