import type { Reply } from '../../kit/index.js';
import { agentMay, can } from '../caller.js';
import { forbidden, missingText, notFound, serverError, unprocessable, ZammadFailure } from '../errors.js';
import { keptOrder, readPage, readSort, sortRows, takePage } from '../paging.js';
import { integer, sent, text, type Params } from '../params.js';
import { entryAssets } from '../render/assets.js';
import { expandedEntry, plainEntry } from '../render/records.js';
import { entriesInOrder, entriesOfTicket } from '../row-index.js';
import type { SortTerm } from '../row-orders.js';
import { createEntry, destroyEntry, updateEntry, type EntryParams } from '../rules/entries.js';
import type { EntryRow, TicketRow } from '../world.js';
import {
  answer,
  findTicket,
  listAnswer,
  pathId,
  recordAnswer,
  type RouteTable,
  type Visit,
} from './visit.js';

const ADMIN = 'admin.time_accounting';
const BY_ID = { column: 'id', descending: false, idDescending: false } as const;
const PAGE = { standard: 500, max: 1000 } as const;
const COLUMNS = new Set([
  'id',
  'ticket_id',
  'ticket_article_id',
  'time_unit',
  'type_id',
  'created_by_id',
  'created_at',
  'updated_at',
]);

const renderers = (visit: Visit) => ({
  plain: plainEntry,
  expand: (entry: EntryRow) => expandedEntry(visit.world, entry),
  assets: (entries: readonly EntryRow[]) => entryAssets(visit.world, entries),
});

/** The ticket by which an agent is judged. A list of them is no ticket, and breaks the policy. */
function namedTicket(visit: Visit): TicketRow {
  const named = visit.params['ticket_id'];
  if (Array.isArray(named)) throw serverError('undefined method `group` for an instance of Array');
  const id = integer(named);
  if (id === null) throw new ZammadFailure({ status: 404, text: "Couldn't find Ticket without an ID" });
  return findTicket(visit, id);
}

/** Without a ticket there is nothing an agent may see; with one, the right to change it decides. */
function requireRead(visit: Visit): void {
  const { world, caller, params } = visit;
  if (can(world, caller, ADMIN)) return;
  const named = params['ticket_id'];
  if (named === undefined || named === null || named === '') throw forbidden();
  if (!agentMay(world, caller, namedTicket(visit), ['change'])) throw forbidden();
}

function requireCreate(visit: Visit): void {
  const { world, caller } = visit;
  if (can(world, caller, ADMIN)) return;
  const ticket = namedTicket(visit);
  if (!world.settings.time_accounting) throw forbidden('Not authorized (Time Accounting is not enabled)!');
  if (!agentMay(world, caller, ticket, ['change', 'create'])) throw forbidden();
}

function requireAdmin(visit: Visit): void {
  if (!can(visit.world, visit.caller, ADMIN)) throw forbidden();
}

/** The scope of a call: one ticket, several (`ticket_id[]`), or all. A missing ticket is an empty scope. */
function scope(visit: Visit): readonly EntryRow[] | null {
  const { world, params } = visit;
  const named = params['ticket_id'];
  if (named === undefined) return null;
  const tickets = new Set((Array.isArray(named) ? named : [named]).map((id) => integer(id) ?? 0));
  return [...tickets].flatMap((id) => entriesOfTicket(world, id)).sort((a, b) => a.id - b.id);
}

/** All entries as sorted: from the kept orders, where the terms ask for one of them. */
function allSorted(visit: Visit, terms: readonly SortTerm[]): readonly EntryRow[] {
  const order = keptOrder(terms);
  if (order) return entriesInOrder(visit.world, order);
  return sortRows(entriesInOrder(visit.world, BY_ID), terms);
}

function inScope(visit: Visit, entry: EntryRow): boolean {
  const ticket = visit.path['ticket_id'] ?? visit.params['ticket_id'];
  return ticket === undefined || integer(ticket) === entry.ticket_id;
}

function entryOf(visit: Visit): EntryRow {
  const id = pathId(visit);
  const entry = visit.world.entries[id];
  if (!entry || !inScope(visit, entry)) throw notFound(visit.world, 'Ticket::TimeAccounting', id);
  return entry;
}

function idOrNull(params: Params, name: string): number | null {
  return integer(params[name]);
}

function typeByName(visit: Visit): number | undefined {
  const name = text(visit.params, 'type');
  if (name === null || sent(visit.params, 'type_id')) return undefined;
  const type = Object.values(visit.world.types).find((row) => row.name.toLowerCase() === name.toLowerCase());
  if (!type) throw unprocessable(`No lookup value found for 'type': ${JSON.stringify(name)}`, 'type');
  return type.id;
}

/** What of the body concerns an entry; unknown keys are ignored, authors and times cannot be set. */
function entryParams(visit: Visit): EntryParams {
  const { params } = visit;
  const type = typeByName(visit);
  return {
    ...(sent(params, 'ticket_id') ? { ticket_id: idOrNull(params, 'ticket_id') } : {}),
    ...(sent(params, 'time_unit') ? { time_unit: params['time_unit'] } : {}),
    ...(sent(params, 'type_id') ? { type_id: idOrNull(params, 'type_id') } : {}),
    ...(type === undefined ? {} : { type_id: type }),
    ...(sent(params, 'ticket_article_id')
      ? { ticket_article_id: idOrNull(params, 'ticket_article_id') }
      : {}),
  };
}

function index(visit: Visit): Reply {
  requireRead(visit);
  const terms = readSort(visit.params, COLUMNS, { column: 'id', direction: 'asc' });
  const page = readPage(visit.params, PAGE);
  const scoped = scope(visit);
  const rows = scoped ? sortRows(scoped, terms) : allSorted(visit, terms);
  return listAnswer(visit, takePage(rows, page), rows.length, renderers(visit));
}

function show(visit: Visit): Reply {
  requireRead(visit);
  return recordAnswer(visit, entryOf(visit), renderers(visit));
}

function create(visit: Visit): Reply {
  requireCreate(visit);
  return recordAnswer(visit, createEntry(visit.act, entryParams(visit)), renderers(visit), 201);
}

// A `ticket_id` in the body of the global route is the entry's new ticket, not the scope of the look-up.
function update(visit: Visit): Reply {
  requireAdmin(visit);
  const { world, path } = visit;
  const entry = world.entries[pathId(visit)];
  const elsewhere = path['ticket_id'] !== undefined && integer(path['ticket_id']) !== entry?.ticket_id;
  if (!entry || elsewhere) throw notFound(world, 'Ticket::TimeAccounting', pathId(visit));
  return recordAnswer(visit, updateEntry(visit.act, entry, entryParams(visit)), renderers(visit));
}

// The reference check runs first and unscoped, and turns "not found" into a 422.
function destroy(visit: Visit): Reply {
  requireAdmin(visit);
  const id = pathId(visit);
  if (!visit.world.entries[id]) throw unprocessable(missingText(visit.world, 'Ticket::TimeAccounting', id));
  destroyEntry(visit.act, entryOf(visit));
  return answer(200, {});
}

const crud = (base: string): RouteTable => [
  ['GET', base, index],
  ['POST', base, create],
  ['GET', `${base}/:id`, show],
  ['PUT', `${base}/:id`, update],
  ['PATCH', `${base}/:id`, update],
  ['DELETE', `${base}/:id`, destroy],
];

/** Time accounting of one ticket and of all (6.1+). */
export const timeAccountingRoutes: RouteTable = [
  ...crud('/api/v1/tickets/:ticket_id/time_accountings'),
  ...crud('/api/v1/time_accountings'),
];
