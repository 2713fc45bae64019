import { SortedIndex } from '../kit/index.js';

/** One term of `sort_by` with its direction. */
export type SortTerm = { readonly column: string; readonly descending: boolean };
/** A column and a direction; rows with equal cells follow each other by id, ascending unless said otherwise. */
export type Order = SortTerm & { readonly idDescending: boolean };

type Row = object & { readonly id: number };

/** Compares two cells as PostgreSQL does: nulls last ascending, first descending. */
export function compareCells(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** Rows of a table kept in the orders that were asked for, so that a deep page needs no sorting. */
export class RowOrders<T extends Row> {
  readonly #all: () => readonly T[];
  readonly #indexes = new Map<string, SortedIndex<T>>();

  /** @param all the rows of the table, ascending by id */
  constructor(all: () => readonly T[]) {
    this.#all = all;
  }

  /** All rows in an order. Not to be changed. */
  rows({ column, descending, idDescending }: Order): readonly T[] {
    // The two orders that have the id ascending are kept; the other two are those backwards.
    const index = this.#index(column, descending !== idDescending);
    return idDescending ? [...index.rows].reverse() : index.rows;
  }

  add(row: T): void {
    for (const index of this.#indexes.values()) index.add(row);
  }

  /** Takes a row out; it must still have the cells with which it was put in. */
  remove(row: T): void {
    for (const index of this.#indexes.values()) index.remove(row);
  }

  #index(column: string, descending: boolean): SortedIndex<T> {
    const key = `${column} ${descending ? 'desc' : 'asc'}`;
    const known = this.#indexes.get(key);
    if (known) return known;
    const sign = descending ? -1 : 1;
    const compare = (a: T, b: T): number =>
      sign * compareCells(Reflect.get(a, column), Reflect.get(b, column)) || a.id - b.id;
    const made = new SortedIndex<T>(this.#all(), compare);
    this.#indexes.set(key, made);
    return made;
  }
}
