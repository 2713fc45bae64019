import type { TicketRow, ZammadWorld } from './world.js';

type Pending = { readonly ticketId: number; readonly dueMs: number };

/**
 * What Elasticsearch knows: copies of tickets as of the last indexing, which runs some time after each commit.
 * A deleted ticket stays as a hit until then; hits without a record are dropped from pages by the caller.
 */
export class SearchIndex {
  #documents = new Map<number, TicketRow>();
  #pending: Pending[] = [];

  /** Indexes everything at once, as after a rebuild. */
  rebuild(world: ZammadWorld): void {
    this.#pending = [];
    this.#documents = new Map(Object.values(world.tickets).map((ticket) => [ticket.id, { ...ticket }]));
  }

  /** Queues a ticket; one job per ticket, however often it changes meanwhile. */
  queue(ticketId: number, dueMs: number): void {
    if (!this.#pending.some((job) => job.ticketId === ticketId)) this.#pending.push({ ticketId, dueMs });
  }

  /** Runs the jobs that are due. */
  catchUp(world: ZammadWorld, nowMs: number): void {
    const due = this.#pending.filter((job) => job.dueMs <= nowMs);
    this.#pending = this.#pending.filter((job) => job.dueMs > nowMs);
    for (const { ticketId } of due) {
      const ticket = world.tickets[ticketId];
      if (ticket) this.#documents.set(ticketId, { ...ticket });
      else this.#documents.delete(ticketId);
    }
  }

  documents(): TicketRow[] {
    return [...this.#documents.values()];
  }
}
