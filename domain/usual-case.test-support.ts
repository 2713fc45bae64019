import { asks, entry, link, marked } from './books.test-support.js';
import type { ConflictFacts } from './conflict.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { TimeEntry } from './time-entry.js';

/* The case that most rules are shown on: one entry of half an hour, and the row that was written for it. */

export const lead = entry(1);
export const linked = marked(5, 1001);
export const agreed = [link(lead, [linked])];

export const longer = { ...lead, seconds: 2700 };
export const retimed = marked(5, 1001, { seconds: 3600 });
export const exported = { ...linked, exported: true };
export const DELETED_AT = '2026-11-21T00:00:00Z';

/** On the day of the entry, in UTC. */
export const at = (hour: number, minute = 0): string =>
  `2026-11-20T${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}:00Z`;

/** A correction of that day. */
export const minus = (id: number, hour: number, seconds: number, rest: Partial<TimeEntry> = {}): TimeEntry =>
  entry(id, { bookedAt: at(hour), seconds: -seconds, ...rest });

/** The first question of a plan. */
export function firstAsk(given: ReconcileInput): ReturnType<typeof asks>[number] {
  const [asked] = asks(reconcile(given));
  if (!asked) throw new Error('nothing is asked');
  return asked;
}

export const factsOf = (given: ReconcileInput): ConflictFacts => firstAsk(given).facts;
