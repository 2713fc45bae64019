import type { ArticleRow, EntryRow, ZammadWorld } from './world.js';

type RowIndex = {
  readonly entriesByTicket: Map<number, Set<number>>;
  readonly entryByArticle: Map<number, number>;
  readonly articlesByTicket: Map<number, Set<number>>;
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

/** Stores a new or changed entry row. */
export function putEntry(world: ZammadWorld, entry: EntryRow): void {
  const index = indexOf(world);
  const before = world.entries[entry.id];
  if (before) removeEntry(index, before);
  world.entries[entry.id] = entry;
  insertEntry(index, entry);
}

/** Removes an entry row. */
export function dropEntry(world: ZammadWorld, entry: EntryRow): void {
  removeEntry(indexOf(world), entry);
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
