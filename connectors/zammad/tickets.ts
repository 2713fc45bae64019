import { SyncError } from '../../domain/errors.js';
import type { SourceTicket } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { parseReply, readRecord } from '../parse.js';
import type { ZammadClient } from './client.js';
import type { Names } from './names.js';
import { normaliseTicket } from './normalise.js';
import {
  isRecord,
  legacySearchSchema,
  ticketSchema,
  unifiedSearchSchema,
  type ZammadTicket,
} from './schema.js';

/** Zammad's maximum for a search; a larger number is clamped without a word. */
export const SEARCH_PAGE = 200;

/** Only tickets that ever had time. Without `query` the database answers: exact, no index delay, no window. */
export const WITH_TIME = { 'ticket.time_unit': { operator: 'is not', value: null } } as const;

export type TicketSearch = {
  readonly condition: Readonly<Record<string, unknown>>;
  readonly sort: string;
  readonly order: string;
  readonly page: number;
  readonly perPage?: number;
};

export type FoundTickets = {
  readonly tickets: readonly ZammadTicket[];
  /** How many match in all; null before 6.5, which counts only the page. */
  readonly total: number | null;
  readonly readAt: Instant;
  readonly serverTime: Instant;
};

/** One page of `POST /tickets/search` by `condition`; reads the shape of 6.5 and later and the one before. */
export async function searchTickets(
  client: ZammadClient,
  names: Names,
  search: TicketSearch,
): Promise<FoundTickets> {
  const { body, ...times } = await client.searchTickets({
    condition: search.condition,
    sort_by: search.sort,
    order_by: search.order,
    page: search.page,
    per_page: search.perPage ?? SEARCH_PAGE,
    full: true,
  });
  const { ids, assets, total } = readShape(body);
  names.learn(assets);
  return { tickets: ids.map((id) => readTicket(assets, id)), total, ...times };
}

type Shape = { ids: readonly number[]; assets: Readonly<Record<string, unknown>>; total: number | null };

function readShape(body: unknown): Shape {
  const unified = readRecord(unifiedSearchSchema, body);
  if (unified.ok) {
    return { ids: unified.value.record_ids, assets: unified.value.assets, total: unified.value.total_count };
  }
  if (isRecord(body) && 'tickets' in body) {
    const legacy = parseReply(legacySearchSchema, body, 'ticket search');
    return { ids: legacy.tickets, assets: legacy.assets, total: null };
  }
  throw new SyncError('contract_broken', `ticket search: ${unified.problem}`);
}

function readTicket(assets: Readonly<Record<string, unknown>>, id: number): ZammadTicket {
  const tickets = isRecord(assets['Ticket']) ? assets['Ticket'] : {};
  return parseReply(ticketSchema, tickets[String(id)], `ticket ${id} of a search`);
}

/** Adds the names of organization and customer and whether its state says it was merged. */
export async function describeTicket(raw: ZammadTicket, names: Names): Promise<SourceTicket> {
  const { organization_id: organizationId } = raw;
  const customer = await names.person(raw.customer_id);
  return normaliseTicket(raw, {
    organizationName: organizationId === null ? null : await names.organizationName(organizationId),
    customerName: customer.name,
    merged: await names.isMergedState(raw.state_id),
  });
}

/** Tickets by id, at most 200; those the user of the token cannot read are missing. */
export async function readTicketsById(
  client: ZammadClient,
  names: Names,
  ids: readonly string[],
): Promise<readonly SourceTicket[]> {
  if (ids.length === 0) return [];
  if (ids.length > SEARCH_PAGE)
    throw new RangeError(`at most ${SEARCH_PAGE} tickets at a time, not ${ids.length}`);
  const asked = new Set(ids.map(Number));
  const { tickets } = await searchTickets(client, names, {
    condition: { 'ticket.id': { operator: 'is', value: [...asked] } },
    sort: 'id',
    order: 'asc',
    page: 1,
  });
  if (tickets.some(({ id }) => !asked.has(id))) throw ignoredCondition();
  return Promise.all(tickets.map((ticket) => describeTicket(ticket, names)));
}

/** A condition that Zammad holds for incomplete is dropped with a log line, and everything comes back. */
export function ignoredCondition(): SyncError {
  return new SyncError('contract_broken', 'POST /tickets/search ignored its condition');
}
