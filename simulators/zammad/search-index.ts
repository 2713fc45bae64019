import type { TicketRow, ZammadWorld } from './world.js';

/**
 * What Elasticsearch knows: copies of tickets as of the last indexing, which runs some time after each commit.
 * A hit without a record is dropped from pages by the caller.
 */
export class SearchIndex {
  #documents = new Map<number, TicketRow>();
  /** When the job of a ticket is due; one job per ticket, however often it changes meanwhile. */
  readonly #due = new Map<number, number>();

  /** Indexes everything at once, as after a rebuild. */
  rebuild(world: ZammadWorld): void {
    this.#due.clear();
    this.#documents = new Map(Object.values(world.tickets).map((ticket) => [ticket.id, { ...ticket }]));
  }

  /** Queues a ticket that was saved. */
  queue(ticketId: number, dueMs: number): void {
    if (!this.#due.has(ticketId)) this.#due.set(ticketId, dueMs);
  }

  /** Forgets a ticket: deletions reach the index at once. */
  remove(ticketId: number): void {
    this.#due.delete(ticketId);
    this.#documents.delete(ticketId);
  }

  /** Runs the jobs that are due. */
  catchUp(world: ZammadWorld, nowMs: number): void {
    for (const [ticketId, dueMs] of this.#due) {
      if (dueMs > nowMs) continue;
      this.#due.delete(ticketId);
      const ticket = world.tickets[ticketId];
      if (ticket) this.#documents.set(ticketId, { ...ticket });
    }
  }

  documents(): TicketRow[] {
    return [...this.#documents.values()];
  }
}
