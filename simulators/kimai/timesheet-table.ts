import { SortedIndex } from '../kit/index.js';
import { DescriptionSearch } from './description-search.js';
import type { KimaiTimesheet } from './world.js';

/** Orders in which timesheets can be listed; equal values are told apart by id, so that pages never overlap. */
export type TimesheetOrder = 'id' | 'begin' | 'end' | 'rate' | 'modified';

const byId = (a: KimaiTimesheet, b: KimaiTimesheet) => a.id - b.id;
const orders: Readonly<Record<TimesheetOrder, (a: KimaiTimesheet, b: KimaiTimesheet) => number>> = {
  id: byId,
  begin: (a, b) => a.begin - b.begin || a.id - b.id,
  // The database sorts an empty end before every other.
  end: (a, b) => (a.end ?? -Infinity) - (b.end ?? -Infinity) || a.id - b.id,
  rate: (a, b) => a.rate - b.rate || a.id - b.id,
  modified: (a, b) => (a.modifiedAt ?? -Infinity) - (b.modifiedAt ?? -Infinity) || a.id - b.id,
};

/** The timesheets of a world, found by id and in every order they are asked for; `rows` is the world's own list. */
export class TimesheetTable {
  readonly #byId: Map<number, KimaiTimesheet>;
  readonly #position: Map<number, number>;
  readonly #indexes = new Map<TimesheetOrder, SortedIndex<KimaiTimesheet>>();
  readonly #descriptions = new DescriptionSearch((id) => this.#byId.get(id));

  constructor(private readonly rows: KimaiTimesheet[]) {
    this.#byId = new Map(rows.map((row) => [row.id, row]));
    this.#position = new Map(rows.map((row, at) => [row.id, at]));
  }

  find(id: number): KimaiTimesheet | undefined {
    return this.#byId.get(id);
  }

  /** In ascending order. */
  by(order: TimesheetOrder): SortedIndex<KimaiTimesheet> {
    let index = this.#indexes.get(order);
    if (index === undefined) {
      index = new SortedIndex(this.rows, orders[order]);
      this.#indexes.set(order, index);
    }
    return index;
  }

  /** Makes the filter of a search term. All its words must match. */
  termFilter(term: string): (row: KimaiTimesheet) => boolean {
    return this.#descriptions.termFilter(term, this.by('id').rows.at(-1)?.id ?? 0);
  }

  /** All records of a user. */
  of(userId: number): readonly KimaiTimesheet[] {
    return this.rows.filter((row) => row.user === userId);
  }

  /** Running records of a user, latest begin first. */
  running(userId: number): readonly KimaiTimesheet[] {
    const open = this.by('end');
    const count = open.firstNot((row) => row.end === null);
    return open.rows
      .slice(0, count)
      .filter((row) => row.user === userId)
      .sort((a, b) => b.begin - a.begin || b.id - a.id);
  }

  put(row: KimaiTimesheet): void {
    const old = this.#byId.get(row.id);
    for (const index of this.#indexes.values()) {
      if (old !== undefined) index.remove(old);
      index.add(row);
    }
    const at = this.#position.get(row.id);
    if (at === undefined) this.#position.set(row.id, this.rows.push(row) - 1);
    else this.rows[at] = row;
    this.#byId.set(row.id, row);
    this.#descriptions.forget(row.id);
  }

  remove(ids: Iterable<number>): void {
    for (const id of ids) {
      const row = this.#byId.get(id);
      const at = this.#position.get(id);
      if (row === undefined || at === undefined) continue;
      for (const index of this.#indexes.values()) index.remove(row);
      this.#byId.delete(id);
      this.#descriptions.forget(id);
      this.#position.delete(id);
      // The last row takes the free place; what reads rows in order reads an index.
      const last = this.rows.pop();
      if (last === undefined || last.id === id) continue;
      this.rows[at] = last;
      this.#position.set(last.id, at);
    }
  }
}
