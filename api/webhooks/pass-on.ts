import { setTimeout as sleep } from 'node:timers/promises';
import { markSignalled } from '../../db/stores/webhook-deliveries.js';
import { ONE_BY_ONE } from '../../temporal/tickets.js';
import type { ApiDeps } from '../deps.js';

export type KeptDelivery = { readonly id: string; readonly bridgeId: string; readonly ticketId: string };

type Deps = Pick<ApiDeps, 'db' | 'gateway' | 'log'>;

/** Signals on their way to Temporal at a time; the others wait for their turn. */
const IN_FLIGHT = 4;
/** Some go at once, more only at this pace: each has a ticket synced, which takes a quarter of a second of processor time. */
const PACE = { signals: 5, withinMs: 500 };

/**
 * Tells tickets' processes of deliveries that are kept. One signal a ticket is on its way at a time: what is kept
 * meanwhile goes with the next, so that a burst is not a queue of signals. When many tickets change at once, or Temporal
 * is away, the rows stay, and the worker's keeper sees to them; also to those that were in line when it came out.
 */
export class PassOn {
  /** Tickets of which a signal is on its way or in line, with what was kept since. */
  readonly #busy = new Map<string, KeptDelivery[]>();
  #line: KeptDelivery[] = [];
  /** When signals went out, of late. */
  #sent: number[] = [];
  /** When tickets of a bridge changed, of late. */
  readonly #arrivals = new Map<string, number[]>();
  #telling = 0;

  constructor(private readonly deps: Deps) {}

  /** Never rejects; what is not told stays for the keeper. */
  accept(kept: KeptDelivery): void {
    const waiting = this.#busy.get(keyOf(kept));
    if (waiting !== undefined) return void waiting.push(kept);
    if (this.isCrowd(kept.bridgeId)) return this.leaveToKeeper(kept.bridgeId);
    this.#busy.set(keyOf(kept), []);
    this.#line.push(kept);
    if (this.#telling < IN_FLIGHT) void this.work();
  }

  /** Counts all that arrives, not what was told: while a storm lasts, none of its tickets is synced beside its runs. */
  private isCrowd(bridgeId: string): boolean {
    const now = performance.now();
    const recent = (this.#arrivals.get(bridgeId) ?? []).filter((at) => at > now - ONE_BY_ONE.withinMs);
    recent.push(now);
    this.#arrivals.set(bridgeId, recent);
    return recent.length > ONE_BY_ONE.tickets;
  }

  private leaveToKeeper(bridgeId: string): void {
    for (const inLine of this.#line) if (inLine.bridgeId === bridgeId) this.#busy.delete(keyOf(inLine));
    this.#line = this.#line.filter((inLine) => inLine.bridgeId !== bridgeId);
  }

  private async work(): Promise<void> {
    this.#telling += 1;
    for (let next = this.#line.shift(); next !== undefined; next = this.#line.shift()) {
      await this.pace();
      await this.tell([next, ...this.takeWaiting(next)]);
      // No await between the look at what waits and the end, else a delivery in between would be left to the keeper.
      for (let kept = this.takeWaiting(next); kept.length > 0; kept = this.takeWaiting(next))
        await this.tell(kept);
      this.#busy.delete(keyOf(next));
    }
    this.#telling -= 1;
  }

  /** Until the next ticket may be told of. */
  private async pace(): Promise<void> {
    for (;;) {
      const now = performance.now();
      this.#sent = this.#sent.filter((at) => at > now - PACE.withinMs);
      const [oldest] = this.#sent;
      if (oldest === undefined || this.#sent.length < PACE.signals) break;
      await sleep(oldest + PACE.withinMs - now);
    }
    this.#sent.push(performance.now());
  }

  private takeWaiting(ticket: KeptDelivery): readonly KeptDelivery[] {
    return this.#busy.get(keyOf(ticket))?.splice(0) ?? [];
  }

  private async tell(kept: readonly KeptDelivery[]): Promise<void> {
    const newest = kept.at(-1);
    if (newest === undefined) return;
    try {
      await this.deps.gateway.signalTicketChanged(newest);
      await markSignalled(
        { db: this.deps.db, tx: null },
        kept.map(({ id }) => id),
      );
    } catch (failure) {
      this.deps.log.info({ err: failure, delivery: newest }, 'a delivery is passed on later');
    }
  }
}

const keyOf = ({ bridgeId, ticketId }: KeptDelivery): string => `${bridgeId}/${ticketId}`;
