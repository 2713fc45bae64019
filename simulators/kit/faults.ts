/** What a fault does with the call that it meets. */
export type Effect =
  /** Answers this status instead of running the call. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: string;
      readonly body?: unknown;
    }
  /** Waits, then runs the call. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts the connection; the call is not run. */
  | { readonly kind: 'drop' }
  /** Runs the call, then cuts the connection: the row is stored, the caller never hears of it. */
  | { readonly kind: 'drop_after_write' }
  /** Runs the call and sends the first half of the body. */
  | { readonly kind: 'truncate' }
  /** Runs the call, sends half of the body, waits, sends the rest. */
  | { readonly kind: 'slow_body'; readonly ms: number };

/** A fault as told: it lets `skip` matching calls pass, then meets the next `times`. */
export interface FaultOrder {
  readonly match: { readonly method?: string; readonly path?: string };
  readonly skip: number;
  readonly times: number;
  readonly then: Effect;
}

/** A fault as it stands: `id` for reference, `seen` and `met` count matching and met calls. */
export interface Fault extends FaultOrder {
  readonly id: number;
  readonly seen: number;
  readonly met: number;
}

/** How a simulator that is down refuses: with 503, or by cutting the connection. */
export type Down = 'no' | 'status' | 'connection';

/** The faults of one simulator. Each call asks once; the first fault in order that is due meets it. */
export class Faults {
  #faults: Fault[] = [];
  #next = 1;
  down: Down = 'no';

  add(order: FaultOrder): Fault {
    const fault: Fault = { ...order, id: this.#next++, seen: 0, met: 0 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts the call on every fault that matches and says what shall happen to it. `target` is path with query. */
  meet(method: string, target: string): Effect | undefined {
    let effect: Effect | undefined;
    this.#faults = this.#faults.map((fault) => {
      if (!matches(fault, method, target)) return fault;
      const due = effect === undefined && fault.seen >= fault.skip && fault.met < fault.times;
      if (due) effect = fault.then;
      return { ...fault, seen: fault.seen + 1, met: fault.met + (due ? 1 : 0) };
    });
    return effect;
  }
}

function matches(fault: FaultOrder, method: string, target: string): boolean {
  const { method: wanted, path } = fault.match;
  return (wanted === undefined || wanted === method) && (path === undefined || new RegExp(path).test(target));
}
