import { indexBy } from './group-by.js';
import type { BookedEntry, ReconcileInput } from './reconcile-input.js';

/** The entries by what may be done with them; each is in exactly one list. */
export type Scope = {
  readonly byId: ReadonlyMap<string, BookedEntry>;
  /** In scope, readable and there: what is netted, matched and written. */
  readonly standing: readonly BookedEntry[];
  /** Proved to be deleted by a 404 of their own. */
  readonly deleted: readonly BookedEntry[];
  /** Older than `start_from`: staged, never matched, written, asked or netted against. */
  readonly beforeStart: readonly BookedEntry[];
  readonly unreadable: readonly BookedEntry[];
  /** Before the start or unreadable: nothing may be concluded from them. */
  readonly unproven: ReadonlySet<BookedEntry>;
};

export function sortIntoScope(input: ReconcileInput): Scope {
  const { startFrom } = input.bridge;
  const standing: BookedEntry[] = [];
  const deleted: BookedEntry[] = [];
  const beforeStart: BookedEntry[] = [];
  const unreadable: BookedEntry[] = [];
  for (const booked of input.entries) {
    if (booked.frozen.entryDate < startFrom) beforeStart.push(booked);
    else if (booked.entry.deletedAt !== null) deleted.push(booked);
    else if (booked.entry.unreadable !== null || booked.entry.seconds === null) unreadable.push(booked);
    else standing.push(booked);
  }
  const byId = indexBy(input.entries, (booked) => booked.entry.id);
  const unproven = new Set([...beforeStart, ...unreadable]);
  return { byId, standing, deleted, beforeStart, unreadable, unproven };
}
