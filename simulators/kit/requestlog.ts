/** One call that a client made. `status` is 0 when the socket was cut before an answer. */
export interface LoggedCall {
  readonly at: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly status: number;
  /** Kind of the fault that met the call, if one did. */
  readonly fault?: string;
}

const KEPT = 5_000;

/** The last 5,000 calls, oldest first, and how many there were of each kind. Control calls are not logged. */
export class RequestLog {
  #calls: LoggedCall[] = [];
  readonly #tally = new Map<string, number>();

  add(call: LoggedCall): void {
    this.#calls.push(call);
    const kind = `${call.method} ${routeOf(call.path)}`;
    this.#tally.set(kind, (this.#tally.get(kind) ?? 0) + 1);
    // Trimmed in slabs: shifting one element per call would move the whole array each time.
    if (this.#calls.length > KEPT * 2) this.#calls = this.#calls.slice(-KEPT);
  }

  list(): readonly LoggedCall[] {
    return this.#calls.slice(-KEPT);
  }

  /** All calls since the last `clear`, by method and route: numbers in a path are `:id`, the query is left out. */
  tally(): ReadonlyMap<string, number> {
    return new Map([...this.#tally].sort(([a], [b]) => a.localeCompare(b)));
  }

  clear(): void {
    this.#calls = [];
    this.#tally.clear();
  }
}

const routeOf = (path: string): string => (path.split('?')[0] ?? '').replace(/\/\d+(?=\/|$)/g, '/:id');
