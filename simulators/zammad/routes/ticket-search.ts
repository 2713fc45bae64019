import type { Reply } from '../../kit/index.js';
import { flag, sent } from '../params.js';
import { ticketAssets } from '../render/assets.js';
import { expandedTicket, ticketWithIds } from '../render/records.js';
import { searchTickets, type Found } from '../search.js';
import { versionNumber, type TicketRow } from '../world.js';
import { answer, type RouteTable, type Visit } from './visit.js';

const label = (ticket: TicketRow) => ({
  id: ticket.id,
  label: `#${ticket.number} - ${ticket.title}`,
  value: `#${ticket.number} - ${ticket.title}`,
});

// Up to 6.4: an object whose count is the size of this page; only `expand` gives the array.
function olderShape(visit: Visit, found: Found): Reply {
  const { world, params } = visit;
  if (flag(params, 'expand'))
    return answer(
      200,
      found.page.map((ticket) => expandedTicket(world, ticket)),
    );
  return answer(200, {
    tickets: found.page.map((ticket) => ticket.id),
    tickets_count: found.page.length,
    assets: ticketAssets(world, found.page),
  });
}

function search(visit: Visit): Reply {
  const { world, caller, params, at, index } = visit;
  const found = searchTickets({ world, caller, params, now: at, index });
  const version = versionNumber(world);
  if (version < 605) return olderShape(visit, found);
  if (flag(params, 'only_total_count')) return answer(200, { total_count: found.exactTotal });
  if (flag(params, 'full')) {
    return answer(200, {
      record_ids: found.page.map((ticket) => ticket.id),
      assets: ticketAssets(world, found.page),
      total_count: found.total,
    });
  }
  const records = found.page.map((ticket): unknown => {
    if (flag(params, 'expand')) return expandedTicket(world, ticket);
    return flag(params, 'label') || sent(params, 'term') ? label(ticket) : ticketWithIds(world, ticket);
  });
  const counted = version >= 700 && flag(params, 'with_total_count');
  return answer(200, counted ? { records, total_count: found.total } : records);
}

/** Ticket search; POST with a JSON body is the sane way to send a `condition`. */
export const ticketSearchRoutes: RouteTable = [
  ['GET', '/api/v1/tickets/search', search],
  ['POST', '/api/v1/tickets/search', search],
];
