import { readScope, userCan, type Caller } from './caller.js';
import { keptOrder, readPage, readSort, sortRows, takePage } from './paging.js';
import { integer, text, type Params } from './params.js';
import { parseQuery } from './query-string.js';
import { articlesOfTicket } from './row-index.js';
import { candidates, namesIds } from './search-hints.js';
import type { SearchIndex } from './search-index.js';
import { compileCondition, ticketColumns, type Test } from './selector.js';
import { searchWindow, versionNumber, type TicketRow, type ZammadWorld } from './world.js';

/** Search clamps its page silently. */
const SEARCH_PAGE = { standard: 50, max: 200 } as const;
const NEWEST_FIRST = { column: 'updated_at', direction: 'desc' } as const;
const BY_ID = { column: 'id', descending: false, idDescending: false } as const;

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

// LIKE over title, number and articles: a date expression is then just a text that matches nothing. The articles
// are joined, so a ticket without any is not found.
function likeTest(world: ZammadWorld, query: string): Test {
  const needle = query.toLowerCase();
  const holds = (value: string | null): boolean => (value ?? '').toLowerCase().includes(needle);
  return (ticket) => {
    const articles = articlesOfTicket(world, ticket.id);
    if (articles.length === 0) return false;
    return (
      holds(ticket.title) ||
      holds(ticket.number) ||
      articles.some(
        (article) =>
          holds(article.body) || holds(article.from) || holds(article.to) || holds(article.subject),
      )
    );
  };
}

function idsTest({ world, params }: Search): Test | null {
  const { ids } = params;
  if (versionNumber(world) < 605 || ids === undefined || ids === null || ids === '') return null;
  const wanted = new Set((Array.isArray(ids) ? ids : [ids]).map(integer));
  return wanted.size === 0 ? null : (ticket) => wanted.has(ticket.id);
}

/** All that a database search asks at once. */
function databaseTests(search: Search, query: string | null, asked: unknown): Test[] {
  const { world, caller, now } = search;
  const like = query === null ? null : likeTest(world, query);
  const condition = compileCondition({ world, now, user: caller.user }, asked);
  return [readScope(world, caller.user), idsTest(search), like, condition].filter((test) => test !== null);
}

function byDatabase(search: Search, query: string | null): Found {
  const { world, params } = search;
  // Up to 6.4 a query wins over the condition.
  const asked = query === null || versionNumber(world) >= 605 ? params['condition'] : undefined;
  const tests = databaseTests(search, query, asked);
  const terms = readSort(params, ticketColumns(world), NEWEST_FIRST);
  const page = readPage(params, SEARCH_PAGE);
  // Tickets named by id are few: they are sorted rather than looked for in a kept order.
  const order = namesIds(asked) ? null : keptOrder(terms);
  const rows = candidates(world, asked, order ?? BY_ID).filter((ticket) =>
    tests.every((test) => test(ticket)),
  );
  const sorted = order ? rows : sortRows(rows, terms);
  return { page: takePage(sorted, page), total: rows.length, exactTotal: rows.length };
}

function byIndex(search: Search, query: string): Found {
  const { world, caller, params, index, now } = search;
  const terms = readSort(params, ticketColumns(world), NEWEST_FIRST);
  const { offset, limit } = readPage(params, SEARCH_PAGE);
  const nowMs = Date.parse(now);
  const match =
    world.installation.search_index?.failing === true ? null : parseQuery({ world, nowMs }, query);
  if (!match || offset + limit > searchWindow(world)) return NOTHING;
  index.catchUp(world, nowMs);
  const scope = readScope(world, caller.user);
  const hits = index.documents().filter((ticket) => scope(ticket) && match(ticket));
  const page = sortRows(hits, terms)
    .slice(offset, offset + limit)
    .flatMap((hit) => world.tickets[hit.id] ?? []);
  return { page, total: Math.min(hits.length, COUNTED_HITS), exactTotal: hits.length };
}

/**
 * Answers a ticket search from the backend that this version would ask: Elasticsearch from 6.5 on only for a query,
 * before unless there is a condition.
 */
export function searchTickets(search: Search): Found {
  const { world, caller, params } = search;
  if (!userCan(world, caller.user, 'ticket.agent') && !userCan(world, caller.user, 'ticket.customer'))
    return NOTHING;
  const query = text(params, 'query') ?? text(params, 'term') ?? '';
  const plain = query.replaceAll('*', '');
  const asks = plain.trim() !== '';
  const conditionAsked = params['condition'] !== undefined && params['condition'] !== null;
  const indexed =
    world.installation.search_index !== null && (versionNumber(world) >= 605 ? asks : !conditionAsked);
  return indexed ? byIndex(search, asks ? query : '*') : byDatabase(search, asks ? plain : null);
}
