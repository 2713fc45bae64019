import type { Act } from '../act.js';
import { castHundredths } from '../decimal.js';
import { dropEntry, entryOfArticle, putEntry } from '../row-index.js';
import { invalid, unprocessable } from '../errors.js';
import { nextId, type EntryRow, type ZammadWorld } from '../world.js';
import { recomputeSum, refuseOverflow, sumOfTicket } from './save-ticket.js';

/** The body of a create or update as the API casts it; a missing key is left alone. */
export type EntryParams = {
  readonly ticket_id?: number | null;
  readonly time_unit?: unknown;
  readonly type_id?: number | null;
  readonly ticket_article_id?: number | null;
};

function refuseUnknownReferences(world: ZammadWorld, params: EntryParams): void {
  const { type_id: type, ticket_article_id: article } = params;
  if (typeof type === 'number' && !world.types[type]) {
    throw unprocessable(`Invalid value for param 'type_id': ${type}`, 'type_id');
  }
  if (typeof article === 'number' && !world.articles[article]) {
    throw unprocessable(`Invalid value for param 'ticket_article_id': ${article}`, 'ticket_article_id');
  }
}

function refuseInvalid(world: ZammadWorld, next: EntryRow, rawTime: unknown, isNew: boolean): void {
  if (!world.tickets[next.ticket_id]) throw invalid('Ticket must exist');
  if (castHundredths(rawTime) === null) throw invalid("Time unit can't be blank");
  if (next.ticket_article_id === null) return;
  const taken = entryOfArticle(world, next.ticket_article_id);
  if (taken && taken.id !== next.id) throw invalid('Ticket article has already been taken');
  // Only a new entry is checked: after a merge the article belongs to another ticket than its entry.
  if (isNew && world.articles[next.ticket_article_id]?.ticket_id !== next.ticket_id) {
    throw invalid('Ticket article This article is not part of the ticket.');
  }
}

/** Books time: validates, stores, and recomputes the ticket's sum. */
export function createEntry(act: Act, params: EntryParams): EntryRow {
  const { world } = act;
  refuseUnknownReferences(world, params);
  const draft = {
    id: 0,
    ticket_id: params.ticket_id ?? 0,
    ticket_article_id: params.ticket_article_id ?? null,
    time_unit: castHundredths(params.time_unit) ?? 0,
    type_id: params.type_id ?? null,
    created_by_id: act.userId,
    created_at: act.at,
    updated_at: act.at,
  };
  refuseInvalid(world, draft, params.time_unit, true);
  refuseOverflow(draft.time_unit);
  refuseOverflow(sumOfTicket(act, draft.ticket_id) + draft.time_unit);
  const entry: EntryRow = { ...draft, id: nextId(world, 'entries') };
  putEntry(world, entry);
  recomputeSum(act, entry.ticket_id);
  return entry;
}

function sameEntry(a: EntryRow, b: EntryRow): boolean {
  return (
    a.ticket_id === b.ticket_id &&
    a.time_unit === b.time_unit &&
    a.type_id === b.type_id &&
    a.ticket_article_id === b.ticket_article_id
  );
}

/**
 * Corrects an entry. A new `ticket_id` moves it: only the new ticket's sum is recomputed, the old one stays
 * wrong until its next change. An update that changes nothing does not move `updated_at`.
 */
export function updateEntry(act: Act, entry: EntryRow, params: EntryParams): EntryRow {
  const { world } = act;
  refuseUnknownReferences(world, params);
  const rawTime = 'time_unit' in params ? params.time_unit : entry.time_unit / 100;
  const next: EntryRow = {
    ...entry,
    ticket_id: params.ticket_id === undefined ? entry.ticket_id : (params.ticket_id ?? 0),
    ticket_article_id:
      params.ticket_article_id === undefined ? entry.ticket_article_id : params.ticket_article_id,
    type_id: params.type_id === undefined ? entry.type_id : params.type_id,
    time_unit: 'time_unit' in params ? (castHundredths(rawTime) ?? 0) : entry.time_unit,
  };
  refuseInvalid(world, next, rawTime, false);
  if (sameEntry(entry, next)) return entry;
  refuseOverflow(next.time_unit);
  const already = next.ticket_id === entry.ticket_id ? entry.time_unit : 0;
  refuseOverflow(sumOfTicket(act, next.ticket_id) - already + next.time_unit);
  const saved = { ...next, updated_at: act.at };
  putEntry(world, saved);
  recomputeSum(act, saved.ticket_id);
  return saved;
}

/** Deletes an entry and recomputes its ticket's sum. */
export function destroyEntry(act: Act, entry: EntryRow): void {
  dropEntry(act.world, entry);
  recomputeSum(act, entry.ticket_id);
}
