import type { Reply } from '../../kit/index.js';
import { noteEvent } from '../act.js';
import { ARTICLE_TYPES } from '../base-world.js';
import { agentMay, can, mayChangeTicket, mayShowTicket, require } from '../caller.js';
import { forbidden } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { flag, integer, sent, text } from '../params.js';
import { ownAssets, ticketAssets } from '../render/assets.js';
import { expandedArticle } from '../render/records.js';
import { articlesOfTicket, putArticle } from '../row-index.js';
import { touchTicket } from '../rules/save-ticket.js';
import { destroyArticle } from '../rules/tickets.js';
import type { ArticleRow } from '../world.js';
import { checkArticle, storeArticle } from './article-params.js';
import { answer, find, findTicket, pathId, shape, type RouteTable, type Visit } from './visit.js';

const PAGE = { standard: 500, max: 1000 } as const;

/** `Ticket::ArticlePolicy#show?`: whoever may see the ticket; internal articles agents alone. */
export function mayShowArticle(visit: Visit, article: ArticleRow): boolean {
  const { world, caller } = visit;
  const ticket = world.tickets[article.ticket_id];
  if (!ticket || !mayShowTicket(world, caller, ticket)) return false;
  return !article.internal || agentMay(world, caller, ticket, ['read']);
}

function articleOf(visit: Visit): ArticleRow {
  const article = find(visit.world, visit.world.articles, 'Ticket::Article', pathId(visit));
  if (!mayShowArticle(visit, article)) throw forbidden();
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

/** Names come with every shape but `full`, which brings the ticket's people along. */
function shown(visit: Visit, article: ArticleRow, status: number): Reply {
  const { world } = visit;
  const record = expandedArticle(world, article);
  if (shape(visit.params) !== 'full') return answer(status, record);
  const ticket = world.tickets[article.ticket_id];
  const assets = ticketAssets(world, ticket ? [ticket] : []);
  ownAssets(world, 'TicketArticle', [{ ...record, id: article.id }], assets);
  return answer(status, { id: article.id, assets });
}

const show = (visit: Visit): Reply => shown(visit, articleOf(visit), 200);

function byTicket(visit: Visit): Reply {
  const { world, caller } = visit;
  const ticket = findTicket(visit, pathId(visit, 'ticket_id'));
  if (!mayShowTicket(world, caller, ticket)) throw forbidden();
  const rows = articlesOfTicket(world, ticket.id)
    .filter((article) => mayShowArticle(visit, article))
    .sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : a.id - b.id));
  if (shape(visit.params) !== 'full')
    return answer(
      200,
      rows.map((article) => expandedArticle(world, article)),
    );
  // A bug of Zammad that clients meet: the assets are those of the last article alone.
  const last = rows.slice(-1).map((article) => ({ ...expandedArticle(world, article), id: article.id }));
  const assets = ownAssets(
    world,
    'TicketArticle',
    last,
    ticketAssets(world, last.length > 0 ? [ticket] : []),
  );
  return answer(200, { record_ids: rows.map((article) => article.id), assets });
}

function create(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const ticket = findTicket(visit, integer(params['ticket_id']));
  if (!mayChangeTicket(world, caller, ticket)) throw forbidden();
  checkArticle(visit, { ticket, params });
  return shown(visit, storeArticle(visit, { ticket, params }), 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  const article = find(world, world.articles, 'Ticket::Article', pathId(visit));
  const ticket = world.tickets[article.ticket_id];
  if (!ticket || !agentMay(world, caller, ticket, ['change'])) throw forbidden();
  const next: ArticleRow = {
    ...article,
    body: text(params, 'body') ?? article.body,
    subject: sent(params, 'subject') ? text(params, 'subject') : article.subject,
    internal: sent(params, 'internal') ? flag(params, 'internal') : article.internal,
    updated_at: at,
    updated_by_id: caller.user.id,
  };
  putArticle(world, next);
  touchTicket(visit.act, ticket);
  noteEvent(visit.act, ticket.id, {});
  return shown(visit, next, 200);
}

const COMMUNICATION: readonly number[] = [
  ARTICLE_TYPES.email,
  ARTICLE_TYPES.sms,
  ARTICLE_TYPES.chat,
  ARTICLE_TYPES.fax,
  ARTICLE_TYPES.phone,
  ARTICLE_TYPES.web,
];

/** Why an article may not be deleted; null when it may. Admins are no exception. */
function keptBecause(visit: Visit, article: ArticleRow): string | null {
  const { world, caller, at } = visit;
  if (!can(world, caller, 'ticket.agent')) return 'agent permission required';
  if (article.created_by_id !== caller.user.id) return 'you can only delete your own notes';
  if (COMMUNICATION.includes(article.type_id) && !article.internal)
    return 'communication articles cannot be deleted';
  const seconds = world.settings.ui_ticket_zoom_article_delete_timeframe;
  const age = Date.parse(at) - Date.parse(article.created_at);
  return seconds > 0 && age >= seconds * 1000 ? 'note is too old to be deleted' : null;
}

function destroy(visit: Visit): Reply {
  const article = articleOf(visit);
  const reason = keptBecause(visit, article);
  if (reason !== null) throw forbidden(`Not authorized (${reason})!`);
  destroyArticle(visit.act, article);
  return answer(200, {});
}

/** Ticket articles, which may carry time. */
export const articleRoutes: RouteTable = [
  ['GET', '/api/v1/ticket_articles', index],
  ['POST', '/api/v1/ticket_articles', create],
  ['GET', '/api/v1/ticket_articles/:id', show],
  ['PUT', '/api/v1/ticket_articles/:id', update],
  ['DELETE', '/api/v1/ticket_articles/:id', destroy],
  ['GET', '/api/v1/ticket_articles/by_ticket/:ticket_id', byTicket],
];
