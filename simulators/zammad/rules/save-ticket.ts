import { noteEvent, type Act } from '../act.js';
import { cellText } from '../cell-text.js';
import { decimalText, overflows } from '../decimal.js';
import { entriesOfTicket } from '../row-index.js';
import { databaseError } from '../errors.js';
import { nextId, type HistoryRow, type TicketRow } from '../world.js';

const OVERFLOW = 'PG::NumericValueOutOfRange: ERROR:  numeric field overflow';

type Change = Partial<
  Omit<TicketRow, 'id' | 'created_at' | 'updated_at' | 'created_by_id' | 'updated_by_id'>
>;

/** Refuses a value that the decimal(6,2) columns cannot hold. */
export function refuseOverflow(hundredths: number): void {
  if (overflows(hundredths)) throw databaseError(OVERFLOW);
}

/** Appends one line to a ticket's history. */
export function addHistory(
  act: Act,
  ticketId: number,
  line: Pick<HistoryRow, 'type'> & Partial<Pick<HistoryRow, 'attribute' | 'value_from' | 'value_to'>>,
): void {
  act.world.history.push({
    id: nextId(act.world, 'history'),
    ticket_id: ticketId,
    type: line.type,
    attribute: line.attribute ?? null,
    value_from: line.value_from ?? '',
    value_to: line.value_to ?? '',
    created_by_id: act.userId,
    created_at: act.at,
  });
}

function shown(attribute: string, value: unknown): string {
  return attribute === 'time_unit' && typeof value === 'number' ? decimalText(value) : cellText(value);
}

/** Saves changed attributes: `updated_at`, history and one event; a save that changes nothing does nothing. */
export function saveTicket(act: Act, ticket: TicketRow, change: Change): void {
  const before = new Map<string, unknown>(Object.entries(ticket));
  const changed = Object.entries(change).filter(([name, value]) => before.get(name) !== value);
  if (changed.length === 0) return;
  Object.assign(ticket, Object.fromEntries(changed));
  touchTicket(act, ticket);
  for (const [attribute, value] of changed) {
    if (attribute === 'article_count') continue;
    addHistory(act, ticket.id, {
      type: 'updated',
      attribute,
      value_from: shown(attribute, before.get(attribute)),
      value_to: shown(attribute, value),
    });
  }
  noteEvent(act, ticket.id, { changes: changed.map(([name]) => name) });
}

/** Moves `updated_at` alone, as saving an article does with its ticket. */
export function touchTicket(act: Act, ticket: TicketRow): void {
  ticket.updated_at = act.at;
  ticket.updated_by_id = act.userId;
}

/** The sum of a ticket's entries in hundredths. */
export function sumOfTicket(act: Pick<Act, 'world'>, ticketId: number): number {
  return entriesOfTicket(act.world, ticketId).reduce((sum, entry) => sum + entry.time_unit, 0);
}

/**
 * Recomputes the stored sum after an entry was saved or destroyed. An equal sum touches nothing, so a zero
 * entry or an edit of the type alone leaves no trace on the ticket.
 */
export function recomputeSum(act: Act, ticketId: number): void {
  const ticket = act.world.tickets[ticketId];
  if (!ticket) return;
  const sum = sumOfTicket(act, ticketId);
  if (sum !== (ticket.time_unit ?? 0)) saveTicket(act, ticket, { time_unit: sum });
}
