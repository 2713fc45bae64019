import type { Reply } from '../../kit/index.js';
import { agentMay, can, mayChangeTicket, mayShowTicket, readScope, require } from '../caller.js';
import { forbidden, unprocessable } from '../errors.js';
import { readPage } from '../paging.js';
import { flag } from '../params.js';
import { ownAssets, ticketAssets } from '../render/assets.js';
import { expandedArticle, expandedTicket, plainEntry, rawTicket, ticketWithIds } from '../render/records.js';
import { articlesOfTicket, entriesOfTicket, ticketsInOrder } from '../row-index.js';
import { saveTicket } from '../rules/save-ticket.js';
import { createTicket, destroyTicket, mergeTicket } from '../rules/tickets.js';
import type { TicketRow } from '../world.js';
import { checkArticle, nestedArticle, storeArticle } from './article-params.js';
import { mayShowArticle } from './articles.js';
import { allowedChange, ticketChange } from './ticket-params.js';
import { answer, findTicket, pathId, shape, type RouteTable, type Visit } from './visit.js';

const PAGE = { standard: 100, max: 100 } as const;

function savedAnswer(visit: Visit, ticket: TicketRow, status: number): Reply {
  const { world } = visit;
  const wanted = shape(visit.params);
  if (wanted === 'full') return answer(status, { id: ticket.id, assets: ticketAssets(world, [ticket]) });
  return answer(status, wanted === 'expand' ? expandedTicket(world, ticket) : ticketWithIds(world, ticket));
}

const BY_ID = { column: 'id', descending: false, idDescending: false } as const;

function index(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const { offset, limit } = readPage(params, PAGE);
  const sees = readScope(world, caller.user);
  const rows: TicketRow[] = [];
  let passed = 0;
  for (const ticket of limit === 0 ? [] : ticketsInOrder(world, BY_ID)) {
    if (!sees(ticket) || passed++ < offset) continue;
    rows.push(ticket);
    if (rows.length === limit) break;
  }
  const wanted = shape(params);
  if (wanted === 'expand')
    return answer(
      200,
      rows.map((ticket) => expandedTicket(world, ticket)),
    );
  if (wanted === 'full') {
    return answer(200, { record_ids: rows.map((row) => row.id), assets: ticketAssets(world, rows) });
  }
  return answer(
    200,
    rows.map((ticket) => rawTicket(world, ticket)),
  );
}

// `all=true` needs read access only, but its entries carry neither person nor time.
function allOf(visit: Visit, ticket: TicketRow): Reply {
  const { world } = visit;
  const articles = articlesOfTicket(world, ticket.id).filter((article) => mayShowArticle(visit, article));
  const shown = articles.map((article) => ({ ...expandedArticle(world, article), id: article.id }));
  return answer(200, {
    ticket_id: ticket.id,
    ticket_article_ids: articles.map((article) => article.id),
    assets: ownAssets(world, 'TicketArticle', shown, ticketAssets(world, [ticket])),
    links: [],
    tags: [],
    mentions: [],
    time_accountings: entriesOfTicket(world, ticket.id).map((entry) => {
      const { id, ticket_id, ticket_article_id, time_unit, type_id } = plainEntry(entry);
      return { id, ticket_id, ticket_article_id, time_unit, type_id };
    }),
    form_meta: {},
  });
}

function show(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const ticket = findTicket(visit, pathId(visit));
  if (!mayShowTicket(world, caller, ticket)) throw forbidden();
  if (flag(params, 'all')) return allOf(visit, ticket);
  if (shape(params) === 'plain') return answer(200, rawTicket(world, ticket));
  return savedAnswer(visit, ticket, 200);
}

function create(visit: Visit): Reply {
  const { world, caller, params } = visit;
  require(world, caller, 'ticket.agent', 'ticket.customer');
  const change = allowedChange(visit, ticketChange(visit));
  const { title = '-', group_id } = change;
  if (group_id === undefined) throw unprocessable("The required value 'group_id' is missing.");
  const isAgent = can(world, caller, 'ticket.agent');
  const customer = isAgent ? (change.customer_id ?? caller.user.id) : caller.user.id;
  const own = can(world, caller, 'ticket.customer') && customer === caller.user.id;
  if (!agentMay(world, caller, { group_id }, ['create']) && !own) throw forbidden();
  const article = nestedArticle(params);
  if (article) checkArticle(visit, { ticket: { group_id }, params: article });
  const ticket = createTicket(visit.act, { ...change, title, group_id, customer_id: customer });
  if (article) storeArticle(visit, { ticket, params: article });
  return savedAnswer(visit, ticket, 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const ticket = findTicket(visit, pathId(visit));
  if (!mayChangeTicket(world, caller, ticket)) throw forbidden();
  const change = allowedChange(visit, ticketChange(visit));
  const article = nestedArticle(params);
  if (article) {
    const groupId = change.group_id ?? ticket.group_id;
    checkArticle(visit, { ticket: { ...ticket, group_id: groupId }, params: article });
  }
  saveTicket(visit.act, ticket, change);
  if (article) storeArticle(visit, { ticket, params: article });
  return savedAnswer(visit, ticket, 200);
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  const ticket = findTicket(visit, pathId(visit));
  if (!can(world, caller, 'admin')) {
    const owns = agentMay(world, caller, ticket, []);
    throw owns ? forbidden('Not authorized (admin permission required)!') : forbidden();
  }
  destroyTicket(visit.act, ticket);
  return { status: 200, headers: {}, body: '' };
}

/** A merge that cannot find a ticket is told with 200, as the web client expects it. */
const notMerged = (what: string): Reply =>
  answer(200, { result: 'failed', message: `The ${what} could not be found.` });

function merge(visit: Visit): Reply {
  const { world, caller, path } = visit;
  require(world, caller, 'ticket.agent');
  const target = Object.values(world.tickets).find((ticket) => ticket.number === path['target_number']);
  if (!target) return notMerged('target ticket number');
  if (!mayChangeTicket(world, caller, target)) throw forbidden();
  const source = world.tickets[pathId(visit, 'source_id')];
  if (!source) return notMerged('source ticket');
  if (!mayChangeTicket(world, caller, source)) throw forbidden();
  mergeTicket(visit.act, source, target);
  return answer(200, {
    result: 'success',
    target_ticket: rawTicket(world, target),
    source_ticket: rawTicket(world, source),
  });
}

function history(visit: Visit): Reply {
  const { world, caller } = visit;
  require(world, caller, 'ticket.agent');
  const ticket = findTicket(visit, pathId(visit));
  if (!mayShowTicket(world, caller, ticket)) throw forbidden();
  const lines = world.history.filter((line) => line.ticket_id === ticket.id);
  return answer(200, {
    history: lines.map(({ ticket_id, ...line }) => ({ object: 'Ticket', o_id: ticket_id, ...line })),
    assets: ticketAssets(world, [ticket]),
  });
}

/** Tickets: list, show, write, merge, delete, history. */
export const ticketRoutes: RouteTable = [
  ['GET', '/api/v1/tickets', index],
  ['POST', '/api/v1/tickets', create],
  ['GET', '/api/v1/tickets/:id', show],
  ['PUT', '/api/v1/tickets/:id', update],
  ['PATCH', '/api/v1/tickets/:id', update],
  ['DELETE', '/api/v1/tickets/:id', destroy],
  ['PUT', '/api/v1/ticket_merge/:source_id/:target_number', merge],
  ['GET', '/api/v1/ticket_history/:id', history],
];
