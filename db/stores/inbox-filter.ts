import type { ConflictKind } from '../../domain/conflict.js';

export type InboxFilter = {
  readonly view: 'open' | 'snoozed' | 'done';
  readonly kinds?: readonly ConflictKind[] | undefined;
  readonly cause?: string | undefined;
  readonly customer?: string | undefined;
  readonly person?: string | undefined;
  readonly bridge?: string | undefined;
  /** Whose cases: what is assigned to this person, and to nobody where this person is on duty. */
  readonly assignee?: string | undefined;
  /** Bridges in which `assignee` is on duty. */
  readonly dutyBridges?: readonly string[] | undefined;
  readonly q?: string | undefined;
};

/** Until its instant, whatever happens to wake it before; or, without one, until something changes. */
export const SNOOZED = 'coalesce(c.snoozed_until > now(), c.snoozed_until_change)';

/** What each view holds. What is decided leaves `open` at once, so that nobody decides it twice. */
export const VIEW_CONDITIONS = {
  open: `c.state = 'open' and not ${SNOOZED}`,
  // The first half says nothing new; it is what the index of these few is made for.
  snoozed: `c.state = 'open' and (c.snoozed_until is not null or c.snoozed_until_change) and ${SNOOZED}`,
  done: `c.state in ('deciding', 'applying', 'closed')`,
} as const;

/** A filter as SQL over `conflicts c`, with its values from `$1` on. */
export function inboxCondition(filter: InboxFilter): {
  readonly sql: string;
  readonly bind: readonly unknown[];
} {
  const bind: unknown[] = [];
  const value = (given: unknown) => `$${bind.push(given)}`;
  const parts: string[] = [VIEW_CONDITIONS[filter.view]];
  if (filter.kinds !== undefined) parts.push(`c.kind = any(${value(filter.kinds)}::text[])`);
  if (filter.cause !== undefined) parts.push(`c.cause = ${value(filter.cause)}`);
  if (filter.customer !== undefined) parts.push(`c.customer_key = ${value(filter.customer)}`);
  if (filter.person !== undefined) parts.push(`c.person_id = ${value(filter.person)}`);
  if (filter.bridge !== undefined) parts.push(`c.bridge_id = ${value(filter.bridge)}`);
  if (filter.assignee !== undefined) parts.push(belongsTo(filter, value));
  for (const word of wordsOf(filter.q)) parts.push(`c.search like ${value(`%${escapeLike(word)}%`)}`);
  return { sql: parts.join(' and '), bind };
}

/** What is done was whoever's turn it was then, so that only its assignee counts. */
function belongsTo(
  { view, assignee, dutyBridges = [] }: InboxFilter,
  value: (given: unknown) => string,
): string {
  const assigned = `c.assignee_id = ${value(assignee)}`;
  if (view === 'done' || dutyBridges.length === 0) return assigned;
  return `(${assigned} or c.assignee_id is null and c.bridge_id = any(${value(dutyBridges)}::text[]))`;
}

/** Every word must be found; the stored text is lower case. */
const wordsOf = (q: string | undefined): readonly string[] =>
  (q ?? '')
    .toLowerCase()
    .replace(/#(?=\d)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);

const escapeLike = (word: string): string => word.replace(/[\\%_]/g, (sign) => `\\${sign}`);
