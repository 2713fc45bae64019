import { RowOrders, type Order } from './row-orders.js';
import type { ArticleRow, EntryRow, TicketRow, UserRow, ZammadWorld } from './world.js';

type Members = { readonly first: Map<number, UserRow[]>; readonly secondary: Map<number, UserRow[]> };
type RowIndex = {
  readonly entriesByTicket: Map<number, Set<number>>;
  readonly entryByArticle: Map<number, number>;
  readonly articlesByTicket: Map<number, Set<number>>;
  readonly entryOrders: RowOrders<EntryRow>;
  readonly ticketOrders: RowOrders<TicketRow>;
  /** Built on demand, thrown away when a user changes. */
  members: Members | null;
};

// The index is derived: it is rebuilt for a world that was just loaded, and never stored with it.
const indexes = new WeakMap<ZammadWorld, RowIndex>();

function addTo(map: Map<number, Set<number>>, key: number, id: number): void {
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}

function insertEntry(index: RowIndex, entry: EntryRow): void {
  addTo(index.entriesByTicket, entry.ticket_id, entry.id);
  if (entry.ticket_article_id !== null) index.entryByArticle.set(entry.ticket_article_id, entry.id);
}

function removeEntry(index: RowIndex, entry: EntryRow): void {
  index.entriesByTicket.get(entry.ticket_id)?.delete(entry.id);
  const article = entry.ticket_article_id;
  if (article !== null && index.entryByArticle.get(article) === entry.id)
    index.entryByArticle.delete(article);
}

function indexOf(world: ZammadWorld): RowIndex {
  const known = indexes.get(world);
  if (known) return known;
  const index: RowIndex = {
    entriesByTicket: new Map(),
    entryByArticle: new Map(),
    articlesByTicket: new Map(),
    entryOrders: new RowOrders(() => Object.values(world.entries)),
    ticketOrders: new RowOrders(() => Object.values(world.tickets)),
    members: null,
  };
  for (const entry of Object.values(world.entries)) insertEntry(index, entry);
  for (const article of Object.values(world.articles))
    addTo(index.articlesByTicket, article.ticket_id, article.id);
  indexes.set(world, index);
  return index;
}

function inOrder(ids: ReadonlySet<number> | undefined): number[] {
  return [...(ids ?? [])].sort((a, b) => a - b);
}

/** The entries of one ticket in ascending id order. */
export function entriesOfTicket(world: ZammadWorld, ticketId: number): EntryRow[] {
  return inOrder(indexOf(world).entriesByTicket.get(ticketId)).flatMap((id) => world.entries[id] ?? []);
}

/** The entry that was booked together with an article, if any. */
export function entryOfArticle(world: ZammadWorld, articleId: number): EntryRow | undefined {
  const id = indexOf(world).entryByArticle.get(articleId);
  return id === undefined ? undefined : world.entries[id];
}

/** The articles of a ticket, oldest first. */
export function articlesOfTicket(world: ZammadWorld, ticketId: number): ArticleRow[] {
  return inOrder(indexOf(world).articlesByTicket.get(ticketId)).flatMap((id) => world.articles[id] ?? []);
}

/** All entries in an order. */
export function entriesInOrder(world: ZammadWorld, order: Order): readonly EntryRow[] {
  return indexOf(world).entryOrders.rows(order);
}

/** Sorts once what clients page through, so that not even the first of them waits for it. */
export function prepareOrders(world: ZammadWorld): void {
  for (const column of ['id', 'updated_at'])
    for (const descending of [false, true]) {
      const order = { column, descending, idDescending: false };
      entriesInOrder(world, order);
      ticketsInOrder(world, order);
    }
}

/** All tickets in an order. */
export function ticketsInOrder(world: ZammadWorld, order: Order): readonly TicketRow[] {
  return indexOf(world).ticketOrders.rows(order);
}

function push(members: Map<number, UserRow[]>, organizationId: number, user: UserRow): void {
  const known = members.get(organizationId);
  if (known) known.push(user);
  else members.set(organizationId, [user]);
}

function membersIn(world: ZammadWorld): Members {
  const index = indexOf(world);
  if (index.members) return index.members;
  const made: Members = { first: new Map(), secondary: new Map() };
  for (const user of Object.values(world.users)) {
    if (user.organization_id !== null) push(made.first, user.organization_id, user);
    for (const id of user.organization_ids) push(made.secondary, id, user);
  }
  index.members = made;
  return made;
}

/** The users whose own organization this is, oldest first. */
export function membersOf(world: ZammadWorld, organizationId: number): readonly UserRow[] {
  return membersIn(world).first.get(organizationId) ?? [];
}

/** The users who have this organization besides their own. */
export function secondaryMembersOf(world: ZammadWorld, organizationId: number): readonly UserRow[] {
  return membersIn(world).secondary.get(organizationId) ?? [];
}

/** Stores a new user row, or says that one has changed. */
export function putUser(world: ZammadWorld, user: UserRow): void {
  world.users[user.id] = user;
  indexOf(world).members = null;
}

/** Removes a user row. */
export function dropUser(world: ZammadWorld, id: number): void {
  delete world.users[id];
  indexOf(world).members = null;
}

/** Stores a new ticket row. */
export function putTicket(world: ZammadWorld, ticket: TicketRow): void {
  world.tickets[ticket.id] = ticket;
  indexOf(world).ticketOrders.add(ticket);
}

// Counted rather than read off `updated_at`: under a clock that stands still, two saves are two saves.
const revisions = new WeakMap<TicketRow, number>();

/** How often a ticket was saved; what Zammad caches by `updated_at` is good for one revision. */
export function revisionOf(ticket: TicketRow): number {
  return revisions.get(ticket) ?? 0;
}

/** Changes columns of a ticket in place, so that whoever holds the row sees them. */
export function changeTicket(world: ZammadWorld, ticket: TicketRow, change: Partial<TicketRow>): void {
  const { ticketOrders } = indexOf(world);
  const stored = world.tickets[ticket.id] === ticket;
  if (stored) ticketOrders.remove(ticket);
  Object.assign(ticket, change);
  revisions.set(ticket, revisionOf(ticket) + 1);
  if (stored) ticketOrders.add(ticket);
}

/** Removes a ticket row. */
export function dropTicket(world: ZammadWorld, ticket: TicketRow): void {
  indexOf(world).ticketOrders.remove(ticket);
  delete world.tickets[ticket.id];
}

/** The article that opened a ticket, or what came next if that one was deleted. */
export function firstArticleOf(world: ZammadWorld, ticketId: number): ArticleRow | undefined {
  let first: number | undefined;
  for (const id of indexOf(world).articlesByTicket.get(ticketId) ?? [])
    if (first === undefined || id < first) first = id;
  return first === undefined ? undefined : world.articles[first];
}

/** Stores a new or changed entry row. */
export function putEntry(world: ZammadWorld, entry: EntryRow): void {
  const index = indexOf(world);
  const before = world.entries[entry.id];
  if (before) {
    removeEntry(index, before);
    index.entryOrders.remove(before);
  }
  world.entries[entry.id] = entry;
  insertEntry(index, entry);
  index.entryOrders.add(entry);
}

/** Removes an entry row. */
export function dropEntry(world: ZammadWorld, entry: EntryRow): void {
  const index = indexOf(world);
  removeEntry(index, entry);
  index.entryOrders.remove(entry);
  delete world.entries[entry.id];
}

/** Stores a new or changed article row, on whatever ticket it is now. */
export function putArticle(world: ZammadWorld, article: ArticleRow): void {
  dropArticle(world, article.id);
  world.articles[article.id] = article;
  addTo(indexOf(world).articlesByTicket, article.ticket_id, article.id);
}

/** Removes an article row. */
export function dropArticle(world: ZammadWorld, id: number): void {
  const before = world.articles[id];
  if (!before) return;
  indexOf(world).articlesByTicket.get(before.ticket_id)?.delete(id);
  delete world.articles[id];
}
