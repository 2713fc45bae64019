import { noteEvent, type Act } from '../act.js';
import { cellText } from '../cell-text.js';
import { decimalText, overflows } from '../decimal.js';
import { databaseError } from '../errors.js';
import { changeTicket, entriesOfTicket } from '../row-index.js';
import { nextId, type HistoryRow, type TicketRow } from '../world.js';

const OVERFLOW = 'PG::NumericValueOutOfRange: ERROR:  numeric field overflow';
/** Attributes whose changes the history leaves out. */
const NOT_IN_HISTORY = new Set(['article_count', 'close_at', 'last_close_at']);
/** State type "closed". */
const CLOSED = 5;

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
  line: Pick<HistoryRow, 'type'> &
    Partial<Pick<HistoryRow, 'attribute' | 'value_from' | 'value_to' | 'id_from' | 'id_to'>>,
): void {
  act.world.history.push({
    id: nextId(act.world, 'history'),
    ticket_id: ticketId,
    type: line.type,
    attribute: line.attribute ?? null,
    value_from: line.value_from ?? '',
    value_to: line.value_to ?? '',
    id_from: line.id_from ?? null,
    id_to: line.id_to ?? null,
    created_by_id: act.userId,
    created_at: act.at,
  });
}

/** A value as history and notifications show it: references by name, with the id beside it. */
function shown(
  { world }: Act,
  attribute: string,
  value: unknown,
): { readonly text: string; readonly id: number | null } {
  if (attribute === 'time_unit' && typeof value === 'number') return { text: decimalText(value), id: null };
  if (!attribute.endsWith('_id') || typeof value !== 'number') return { text: cellText(value), id: null };
  const names: Readonly<Record<string, string | undefined>> = {
    state_id: world.ticket_states[value]?.name,
    priority_id: world.ticket_priorities[value]?.name,
    group_id: world.groups[value]?.name,
    organization_id: world.organizations[value]?.name,
  };
  const person = world.users[value];
  const name =
    attribute in names ? names[attribute] : `${person?.firstname ?? ''} ${person?.lastname ?? ''}`.trim();
  return { text: name ?? '', id: value };
}

/** When a ticket reaches a state of the type "closed": the first time stays, the last one moves. */
function closing(act: Act, ticket: TicketRow, change: Change): Change {
  const next = change.state_id === undefined ? undefined : act.world.ticket_states[change.state_id];
  const before = act.world.ticket_states[ticket.state_id];
  if (next?.state_type_id !== CLOSED || before?.state_type_id === CLOSED) return {};
  return { close_at: ticket.close_at ?? act.at, last_close_at: act.at };
}

/**
 * The organization that a ticket has after it is saved, by whatever: the one it has or is given, if it is among its
 * customer's; else the customer's own. So one that is named for nothing is lost, and a ticket that did not follow its
 * customer to another organization does with its next save (`check_default_organization` in Zammad's ticket.rb).
 */
export function organizationOf(
  { world }: Act,
  { customer_id, organization_id }: Pick<TicketRow, 'customer_id' | 'organization_id'>,
): number | null {
  const customer = world.users[customer_id];
  if (!customer) return organization_id;
  const theirs = [customer.organization_id, ...customer.organization_ids];
  return organization_id !== null && theirs.includes(organization_id)
    ? organization_id
    : customer.organization_id;
}

/** Saves changed attributes: `updated_at`, history and one event; a save that changes nothing does nothing. */
export function saveTicket(act: Act, ticket: TicketRow, wish: Change): void {
  const change = {
    ...closing(act, ticket, wish),
    ...wish,
    organization_id: organizationOf(act, { ...ticket, ...wish }),
  };
  const before = new Map<string, unknown>(Object.entries(ticket));
  const changed = Object.entries(change).filter(([name, value]) => (before.get(name) ?? null) !== value);
  if (changed.length === 0) return;
  changeTicket(act.world, ticket, Object.fromEntries(changed));
  touchTicket(act, ticket);
  const told = changed
    .filter(([attribute]) => !NOT_IN_HISTORY.has(attribute))
    .map(([attribute, value]) => {
      const [from, to] = [shown(act, attribute, before.get(attribute)), shown(act, attribute, value)];
      return { attribute, from, to };
    });
  for (const { attribute, from, to } of told) {
    addHistory(act, ticket.id, {
      type: 'updated',
      attribute: attribute.replace(/_id$/, ''),
      value_from: from.text,
      value_to: to.text,
      id_from: from.id,
      id_to: to.id,
    });
  }
  noteEvent(act, ticket.id, {
    changes: told.map(({ attribute, from, to }) => [attribute, from.text, to.text]),
  });
}

/** Moves `updated_at` alone, as saving an article does with its ticket. */
export function touchTicket(act: Act, ticket: TicketRow): void {
  changeTicket(act.world, ticket, { updated_at: act.at, updated_by_id: act.userId });
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
