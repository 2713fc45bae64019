import { noteEvent, type Act } from '../act.js';
import { ARTICLE_SENDERS, ARTICLE_TYPES, STATE } from '../base-world.js';
import {
  articlesOfTicket,
  changeTicket,
  dropArticle,
  dropEntry,
  dropTicket,
  entriesOfTicket,
  entryOfArticle,
  putArticle,
  putTicket,
} from '../row-index.js';
import { invalid, unprocessable } from '../errors.js';
import { nextId, type ArticleRow, type TicketRow, type ZammadWorld } from '../world.js';
import { destroyEntry } from './entries.js';
import { addHistory, organizationOf, saveTicket, touchTicket } from './save-ticket.js';

export type NewTicket = {
  readonly title: string;
  readonly group_id: number;
  readonly customer_id: number;
  readonly owner_id?: number;
  readonly state_id?: number;
  readonly priority_id?: number;
  readonly organization_id?: number | null;
  readonly note?: string | null;
  readonly pending_time?: string | null;
  readonly time_unit?: number | null;
};

/** Draws the next ticket number; numbers count up and are never given twice. */
function nextNumber(world: ZammadWorld): string {
  const number = (world.last_id['ticket_number'] ?? 10_000) + 1;
  world.last_id['ticket_number'] = number;
  return String(number);
}

/** Creates a ticket; its organization is the customer's, unless another one of theirs is named. */
export function createTicket(act: Act, wish: NewTicket): TicketRow {
  const { world } = act;
  const customer = world.users[wish.customer_id];
  if (!customer) throw invalid('Customer must exist');
  const ticket: TicketRow = {
    id: nextId(world, 'tickets'),
    group_id: wish.group_id,
    priority_id: wish.priority_id ?? 2,
    state_id: wish.state_id ?? STATE.new,
    organization_id: organizationOf(act, {
      customer_id: customer.id,
      organization_id: wish.organization_id ?? null,
    }),
    number: nextNumber(world),
    title: wish.title,
    owner_id: wish.owner_id ?? 1,
    customer_id: customer.id,
    note: wish.note ?? null,
    article_count: 0,
    time_unit: wish.time_unit ?? null,
    close_at: null,
    last_close_at: null,
    pending_time: wish.pending_time ?? null,
    created_by_id: act.userId,
    updated_by_id: act.userId,
    created_at: act.at,
    updated_at: act.at,
  };
  putTicket(world, ticket);
  addHistory(act, ticket.id, { type: 'created' });
  noteEvent(act, ticket.id, { kind: 'create' });
  return ticket;
}

export type NewArticle = Pick<ArticleRow, 'body' | 'type_id' | 'sender_id' | 'internal'> &
  Partial<Pick<ArticleRow, 'subject' | 'content_type' | 'to' | 'cc' | 'from' | 'origin_by_id'>>;

/** Adds an article and touches its ticket. */
export function createArticle(act: Act, ticket: TicketRow, wish: NewArticle): ArticleRow {
  const author = act.world.users[act.userId];
  const article: ArticleRow = {
    id: nextId(act.world, 'articles'),
    ticket_id: ticket.id,
    from: wish.from ?? `${author?.firstname ?? ''} ${author?.lastname ?? ''}`.trim(),
    to: wish.to ?? null,
    cc: wish.cc ?? null,
    subject: wish.subject ?? null,
    content_type: wish.content_type ?? 'text/plain',
    type_id: wish.type_id,
    sender_id: wish.sender_id,
    body: wish.body,
    internal: wish.internal,
    origin_by_id: wish.origin_by_id ?? null,
    created_by_id: act.userId,
    updated_by_id: act.userId,
    created_at: act.at,
    updated_at: act.at,
  };
  putArticle(act.world, article);
  changeTicket(act.world, ticket, { article_count: ticket.article_count + 1 });
  touchTicket(act, ticket);
  noteEvent(act, ticket.id, { articleId: article.id });
  return article;
}

/** Deletes an article and with it the entry that was booked with it, on whatever ticket that entry is. */
export function destroyArticle(act: Act, article: ArticleRow): void {
  const entry = entryOfArticle(act.world, article.id);
  dropArticle(act.world, article.id);
  const ticket = act.world.tickets[article.ticket_id];
  if (ticket) {
    changeTicket(act.world, ticket, { article_count: ticket.article_count - 1 });
    touchTicket(act, ticket);
    noteEvent(act, ticket.id, {});
  }
  if (entry) destroyEntry(act, entry);
}

/** Deletes a ticket with articles and entries. Nothing is sent, nothing remains. */
export function destroyTicket(act: Act, ticket: TicketRow): void {
  const { world } = act;
  for (const entry of entriesOfTicket(world, ticket.id)) dropEntry(world, entry);
  for (const article of articlesOfTicket(world, ticket.id)) {
    const entry = entryOfArticle(world, article.id);
    if (entry) destroyEntry(act, entry);
    dropArticle(world, article.id);
  }
  dropTicket(world, ticket);
  world.history = world.history.filter((line) => line.ticket_id !== ticket.id);
  act.events.delete(ticket.id);
  act.destroyed.add(ticket.id);
}

/**
 * Merges a ticket into another. Articles go to the target; time entries stay on the source with their ids,
 * sums and articles, although those articles now belong to the target.
 */
export function mergeTicket(act: Act, source: TicketRow, target: TicketRow): void {
  const { world } = act;
  if (target.state_id === STATE.merged)
    throw unprocessable('It is not possible to merge into an already merged ticket.');
  if (source.id === target.id) throw unprocessable('A ticket cannot be merged into itself.');
  const moved = articlesOfTicket(world, source.id);
  for (const article of moved) putArticle(world, { ...article, ticket_id: target.id });
  changeTicket(world, target, { article_count: target.article_count + moved.length });
  changeTicket(world, source, { article_count: 0 });
  const ids = { id_from: source.id, id_to: target.id };
  addHistory(act, target.id, { type: 'received_merge', ...ids });
  addHistory(act, source.id, { type: 'merged_into', ...ids });
  createArticle(act, source, {
    body: 'merged',
    type_id: ARTICLE_TYPES.note,
    sender_id: ARTICLE_SENDERS.Agent,
    internal: false,
  });
  saveTicket(act, source, { state_id: STATE.merged, owner_id: 1 });
  touchTicket(act, target);
  noteEvent(act, source.id, { also: 'update.merged_into' });
  noteEvent(act, target.id, { also: 'update.received_merge' });
}
