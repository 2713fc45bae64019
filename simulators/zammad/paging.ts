import { databaseError, serverError } from './errors.js';
import { integer, type Params } from './params.js';
import { compareCells, type Order, type SortTerm } from './row-orders.js';

/** Page size of an endpoint: what it takes without a wish, and what it clamps to, silently. */
export type PageLimits = { readonly standard: number; readonly max: number };
export type Page = { readonly offset: number; readonly limit: number };

/** Reads `page` and `per_page` (or `limit`). A page below 1 becomes a negative OFFSET, which the database refuses. */
export function readPage(params: Params, limits: PageLimits): Page {
  const wish = integer(params['per_page']) ?? integer(params['limit']) ?? limits.standard;
  const limit = Math.min(wish, limits.max);
  const page = integer(params['page']) ?? 1;
  const offset = (page - 1) * limit;
  if (limit < 0) throw databaseError('PG::InvalidRowCountInLimitClause: ERROR:  LIMIT must not be negative');
  if (offset < 0)
    throw databaseError('PG::InvalidRowCountInResultOffsetClause: ERROR:  OFFSET must not be negative');
  return { offset, limit };
}

export type SortDefault = { readonly column: string; readonly direction: 'asc' | 'desc' };

function list(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Reads `sort_by` and `order_by`, paired by position. A column without its direction is dropped, but for the
 * first; an unknown column or direction is an exception, so a 500.
 */
export function readSort(params: Params, columns: ReadonlySet<string>, standard: SortDefault): SortTerm[] {
  const sortBy = list(params['sort_by']);
  const orderBy = list(params['order_by']).map((direction) => direction.toLowerCase());
  for (const column of sortBy) {
    if (!columns.has(column)) throw serverError(`Found invalid column '${column}' for sorting.`);
  }
  for (const direction of orderBy) {
    if (direction !== 'asc' && direction !== 'desc') {
      throw serverError(`Found invalid order by value '${direction}'. Please use 'asc' or 'desc'.`);
    }
  }
  const wanted = sortBy.length > 0 ? sortBy : [standard.column];
  const directions = orderBy.length > 0 ? orderBy : [standard.direction];
  return wanted.flatMap((column, at) => {
    const direction = directions[at];
    return direction === undefined ? [] : [{ column, descending: direction === 'desc' }];
  });
}

type Row = object & { readonly id: number };

/** The order that is kept for a table, if the terms ask for one: a column, with the id after it or not. */
export function keptOrder(terms: readonly SortTerm[]): Order | null {
  const [first, second, ...more] = terms;
  if (!first || more.length > 0 || (second && second.column !== 'id')) return null;
  const idDescending = first.column === 'id' ? first.descending : (second?.descending ?? false);
  return { ...first, idDescending };
}

/** Sorts rows by the terms; rows that arrive in ascending id order keep it among equals. */
export function sortRows<T extends Row>(rows: readonly T[], terms: readonly SortTerm[]): readonly T[] {
  const [first] = terms;
  if (first?.column === 'id') return first.descending ? [...rows].reverse() : rows;
  const keyed = rows.map((row) => ({
    row,
    keys: terms.map((term): unknown => Reflect.get(row, term.column)),
  }));
  keyed.sort((a, b) => {
    for (const [at, term] of terms.entries()) {
      const order = compareCells(a.keys[at], b.keys[at]);
      if (order !== 0) return term.descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** One page of rows. */
export function takePage<T>(rows: readonly T[], page: Page): readonly T[] {
  return rows.slice(page.offset, page.offset + page.limit);
}
