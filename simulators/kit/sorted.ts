/** Rows kept in order of a comparison, for pages and ranges without sorting per call. Rows must not compare equal. */
export class SortedIndex<T> {
  #rows: T[];
  /** The order, for rows taken out of the index. */
  readonly compare: (a: T, b: T) => number;

  constructor(rows: Iterable<T>, compare: (a: T, b: T) => number) {
    this.compare = compare;
    this.#rows = [...rows].sort(compare);
  }

  /** All rows in order. Not to be changed. */
  get rows(): readonly T[] {
    return this.#rows;
  }

  add(row: T): void {
    const last = this.#rows.at(-1);
    if (last === undefined || this.compare(last, row) < 0) this.#rows.push(row);
    else this.#rows.splice(this.#position(row), 0, row);
  }

  /** Takes out the row that compares equal; false when there is none. */
  remove(row: T): boolean {
    const at = this.#position(row);
    const found = this.#rows[at];
    if (found === undefined || this.compare(found, row) !== 0) return false;
    this.#rows.splice(at, 1);
    return true;
  }

  /** Index of the first row for which `isBefore` is false; `isBefore` must be true for a prefix of the order. */
  firstNot(isBefore: (row: T) => boolean): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle];
      if (row !== undefined && isBefore(row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #position(row: T): number {
    return this.firstNot((other) => this.compare(other, row) < 0);
  }
}
