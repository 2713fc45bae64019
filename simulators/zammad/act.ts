import type { ZammadWorld } from './world.js';

/** What a request did to one ticket; all changes of a request are one event. */
export type TicketEvent = {
  kind: 'create' | 'update';
  /** Attributes that changed, with their values before and after as the history shows them. */
  changes: Map<string, readonly [from: string, to: string]>;
  articleId: number | null;
  /** Further actions of the same event, such as `update.merged_into`. */
  also: Set<string>;
};

/** A change in progress: who does it, when, and the tickets it touched (for triggers and the search index). */
export type Act = {
  readonly world: ZammadWorld;
  readonly at: string;
  readonly userId: number;
  readonly events: Map<number, TicketEvent>;
  /** Tickets that are gone: the search index forgets them at once, and nothing is sent. */
  readonly destroyed: Set<number>;
};

/** Begins a change by one user at one instant. */
export function beginAct(world: ZammadWorld, at: string, userId: number): Act {
  return { world, at, userId, events: new Map(), destroyed: new Set() };
}

type Note = {
  readonly kind?: 'create';
  readonly changes?: readonly (readonly [attribute: string, from: string, to: string])[];
  readonly articleId?: number;
  readonly also?: string;
};

/** Notes that a ticket was saved; repeated notes of one request collapse into one event. */
export function noteEvent(act: Act, ticketId: number, note: Note): void {
  const known: TicketEvent = act.events.get(ticketId) ?? {
    kind: note.kind ?? 'update',
    changes: new Map(),
    articleId: null,
    also: new Set(),
  };
  for (const [attribute, from, to] of note.changes ?? [])
    known.changes.set(attribute, [known.changes.get(attribute)?.[0] ?? from, to]);
  if (note.articleId !== undefined) known.articleId = note.articleId;
  if (note.also !== undefined) known.also.add(note.also);
  act.events.set(ticketId, known);
}
