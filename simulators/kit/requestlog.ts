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

/** The last 5,000 calls, oldest first. Control calls are not logged. */
export class RequestLog {
  #calls: LoggedCall[] = [];

  add(call: LoggedCall): void {
    this.#calls.push(call);
    // Trimmed in slabs: shifting one element per call would move the whole array each time.
    if (this.#calls.length > KEPT * 2) this.#calls = this.#calls.slice(-KEPT);
  }

  list(): readonly LoggedCall[] {
    return this.#calls.slice(-KEPT);
  }

  clear(): void {
    this.#calls = [];
  }
}
