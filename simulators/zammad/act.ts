import type { ZammadWorld } from './world.js';

/** What a request did to one ticket; all changes of a request are one event. */
export type TicketEvent = { kind: 'create' | 'update'; changes: Set<string>; articleId: number | null };

/** A change in progress: who does it, when, and the tickets it touched (for triggers and the search index). */
export type Act = {
  readonly world: ZammadWorld;
  readonly at: string;
  readonly userId: number;
  readonly events: Map<number, TicketEvent>;
};

/** Begins a change by one user at one instant. */
export function beginAct(world: ZammadWorld, at: string, userId: number): Act {
  return { world, at, userId, events: new Map() };
}

/** Notes that a ticket was saved; repeated notes of one request collapse into one event. */
export function noteEvent(
  act: Act,
  ticketId: number,
  event: { readonly kind?: 'create'; readonly changes?: readonly string[]; readonly articleId?: number },
): void {
  const known = act.events.get(ticketId) ?? {
    kind: event.kind ?? 'update',
    changes: new Set(),
    articleId: null,
  };
  for (const change of event.changes ?? []) known.changes.add(change);
  if (event.articleId !== undefined) known.articleId = event.articleId;
  act.events.set(ticketId, known);
}
