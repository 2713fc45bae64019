import type { Reply } from '../../kit/index.js';
import { agentMay, can, mayShowTicket, require } from '../caller.js';
import { forbidden } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { integer } from '../params.js';
import { ownAssets, ticketAssets } from '../render/assets.js';
import { expandedArticle } from '../render/records.js';
import { articlesOfTicket } from '../row-index.js';
import { destroyArticle } from '../rules/tickets.js';
import type { ArticleRow } from '../world.js';
import { checkArticle, storeArticle } from './article-params.js';
import { answer, find, findTicket, pathId, shape, type RouteTable, type Visit } from './visit.js';

const PAGE = { standard: 500, max: 1000 } as const;

function mayShow(visit: Visit, article: ArticleRow): boolean {
  const { world, caller } = visit;
  const ticket = world.tickets[article.ticket_id];
  if (!ticket || !mayShowTicket(world, caller, ticket)) return false;
  return !article.internal || agentMay(world, caller, ticket, ['read']);
}

function articleOf(visit: Visit): ArticleRow {
  const article = find(visit.world, visit.world.articles, 'Ticket::Article', pathId(visit));
  if (!mayShow(visit, article)) throw forbidden();
  return article;
}

function index(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin');
  const rows = takePage(Object.values(visit.world.articles), readPage(visit.params, PAGE));
  return answer(
    200,
    rows.map((article) => expandedArticle(visit.world, article)),
  );
}

function show(visit: Visit): Reply {
  const article = articleOf(visit);
  const shown = expandedArticle(visit.world, article);
  if (shape(visit.params) !== 'full') return answer(200, shown);
  return answer(200, {
    id: article.id,
    assets: ownAssets('TicketArticle', [{ ...shown, id: article.id }]),
  });
}

function byTicket(visit: Visit): Reply {
  const { world, caller } = visit;
  const ticket = findTicket(visit, pathId(visit, 'ticket_id'));
  if (!mayShowTicket(world, caller, ticket)) throw forbidden();
  const rows = articlesOfTicket(world, ticket.id).filter((article) => mayShow(visit, article));
  if (shape(visit.params) !== 'full')
    return answer(
      200,
      rows.map((article) => expandedArticle(world, article)),
    );
  // A bug of Zammad that clients meet: the assets are those of the last article alone.
  const last = rows.slice(-1).map((article) => ({ ...expandedArticle(world, article), id: article.id }));
  const assets = {
    ...ticketAssets(world, last.length > 0 ? [ticket] : []),
    ...ownAssets('TicketArticle', last),
  };
  return answer(200, { record_ids: rows.map((article) => article.id), assets });
}

function create(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const ticket = findTicket(visit, integer(params['ticket_id']));
  const customers = can(world, caller, 'ticket.customer') && ticket.customer_id === caller.user.id;
  if (!agentMay(world, caller, ticket, ['change']) && !customers) throw forbidden();
  checkArticle(visit, { groupId: ticket.group_id, params });
  return answer(201, expandedArticle(world, storeArticle(visit, { ticket, params })));
}

// Agents may delete their own notes; everything else stays.
function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  const article = articleOf(visit);
  const own = article.created_by_id === caller.user.id && (article.type_id === 10 || article.internal);
  if (!can(world, caller, 'admin') && !(can(world, caller, 'ticket.agent') && own)) throw forbidden();
  destroyArticle(visit.act, article);
  return answer(200, {});
}

/** Ticket articles, which may carry time. */
export const articleRoutes: RouteTable = [
  ['GET', '/api/v1/ticket_articles', index],
  ['POST', '/api/v1/ticket_articles', create],
  ['GET', '/api/v1/ticket_articles/:id', show],
  ['DELETE', '/api/v1/ticket_articles/:id', destroy],
  ['GET', '/api/v1/ticket_articles/by_ticket/:ticket_id', byTicket],
];
