import type { Reply } from '../../kit/index.js';
import { agentMay, can, inReadScope, mayShowTicket, require } from '../caller.js';
import { forbidden, invalid } from '../errors.js';
import { readPage, takePage } from '../paging.js';
import { flag } from '../params.js';
import { ticketAssets } from '../render/assets.js';
import { expandedTicket, plainEntry, rawTicket, ticketWithIds } from '../render/records.js';
import { articlesOfTicket, entriesOfTicket } from '../row-index.js';
import { saveTicket } from '../rules/save-ticket.js';
import { createTicket, destroyTicket, mergeTicket } from '../rules/tickets.js';
import type { TicketRow } from '../world.js';
import { checkArticle, nestedArticle, storeArticle } from './article-params.js';
import { ticketChange } from './ticket-params.js';
import { answer, findTicket, pathId, shape, type RouteTable, type Visit } from './visit.js';

const PAGE = { standard: 100, max: 100 } as const;

function savedAnswer(visit: Visit, ticket: TicketRow, status: number): Reply {
  const { world } = visit;
  const wanted = shape(visit.params);
  if (wanted === 'full') return answer(status, { id: ticket.id, assets: ticketAssets(world, [ticket]) });
  return answer(status, wanted === 'expand' ? expandedTicket(world, ticket) : ticketWithIds(world, ticket));
}

function index(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const scope = Object.values(world.tickets).filter((ticket) => inReadScope(world, caller.user, ticket));
  const rows = takePage(scope, readPage(params, PAGE));
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
  return answer(200, {
    ticket_id: ticket.id,
    ticket_article_ids: articlesOfTicket(world, ticket.id).map((article) => article.id),
    assets: ticketAssets(world, [ticket]),
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
  const change = ticketChange(visit);
  if (change.title === undefined) throw invalid("Title can't be blank");
  if (change.group_id === undefined) throw invalid("Group can't be blank");
  const isAgent = can(world, caller, 'ticket.agent');
  const held = caller.user.group_ids[change.group_id] ?? [];
  if (isAgent && !held.includes('full') && !held.includes('create')) throw forbidden();
  const customer = isAgent ? (change.customer_id ?? caller.user.id) : caller.user.id;
  const { title, group_id } = change;
  const article = nestedArticle(params);
  if (article) checkArticle(visit, { groupId: group_id, params: article });
  const ticket = createTicket(visit.act, { ...change, title, group_id, customer_id: customer });
  if (article) storeArticle(visit, { ticket, params: article });
  return savedAnswer(visit, ticket, 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params } = visit;
  const ticket = findTicket(visit, pathId(visit));
  const customers = can(world, caller, 'ticket.customer') && ticket.customer_id === caller.user.id;
  if (!agentMay(world, caller, ticket, ['change']) && !customers) throw forbidden();
  const article = nestedArticle(params);
  if (article) checkArticle(visit, { groupId: ticket.group_id, params: article });
  saveTicket(visit.act, ticket, ticketChange(visit));
  if (article) storeArticle(visit, { ticket, params: article });
  return savedAnswer(visit, ticket, 200);
}

function destroy(visit: Visit): Reply {
  const { world, caller } = visit;
  const ticket = findTicket(visit, pathId(visit));
  require(world, caller, 'admin');
  destroyTicket(visit.act, ticket);
  return { status: 200, headers: {}, body: '' };
}

function merge(visit: Visit): Reply {
  const { world, caller, path } = visit;
  const source = findTicket(visit, pathId(visit, 'source_id'));
  const target = Object.values(world.tickets).find((ticket) => ticket.number === path['target_number']);
  if (!target)
    return answer(200, { result: 'failed', message: 'The target ticket number could not be found.' });
  for (const ticket of [source, target]) {
    if (!agentMay(world, caller, ticket, ['change'])) throw forbidden();
  }
  if (source.id === target.id) throw invalid("Can't merge ticket with itself!");
  mergeTicket(visit.act, source, target);
  return answer(200, {
    result: 'success',
    target_ticket: ticketWithIds(world, target),
    source_ticket: ticketWithIds(world, source),
  });
}

function history(visit: Visit): Reply {
  const { world, caller } = visit;
  const ticket = findTicket(visit, pathId(visit));
  if (!mayShowTicket(world, caller, ticket) || !can(world, caller, 'ticket.agent')) throw forbidden();
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
