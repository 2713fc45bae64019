import { booked, bridge, entry, input, link, marked, row, stepOf } from './books.test-support.js';
import type { ConflictKind } from './conflict.js';
import { desiredKey } from './desired.js';
import type { Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { agreed, exported, lead, linked, longer, retimed } from './usual-case.test-support.js';

/** Both books of one real-life case, under any policies. */
export type Situation = {
  readonly kind: ConflictKind;
  /** What has to be set so that the case is asked at all. */
  readonly policies?: Partial<Policies>;
  readonly books: (policies: Partial<Policies>) => ReconcileInput;
};

const GONE_AT = '2026-11-21T00:00:00Z';
const REFUSED_AT = '2026-11-23T11:00:00Z';
const other = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
const otherRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
/** Two days later and without the ticket's number: near enough to be offered, too far to be proposed. */
const nearRow = row(5, { begin: '2026-11-22T09:30:00Z', description: 'Anruf' });
const many = Array.from({ length: 11 }, (_, index) => entry(index + 1, { ticketId: `${index}` }));
const manyRows = many.map((_, index) => marked(100 + index, 1001 + index));

const books =
  (parts: Omit<Parameters<typeof input>[0], 'bridge'>) =>
  (policies: Partial<Policies>): ReconcileInput =>
    input({ ...parts, bridge: bridge(policies) });

/** The last try ended like this, with what the same policies would send again. */
const refused = (code: string) => (policies: Partial<Policies>) => {
  const before = { entries: [lead], bridge: bridge({ ...policies, newEntries: 'auto' }) };
  const sent = desiredKey(stepOf(reconcile(input(before)), 'create').desired);
  const rows = code === 'unknown_outcome' ? [nearRow] : [];
  const refusals = { 'lead:1': { code, quoted: ['No.'], sent, at: REFUSED_AT } };
  return input({ entries: [lead], rows, bridge: bridge(policies), rest: { refusals } });
};

/** One row, one case, named as people would tell it. */
export const SITUATIONS = {
  'two rows in Kimai look like the one entry': {
    kind: 'duplicate',
    books: books({ entries: [lead], rows: [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })] }),
  },
  'somebody typed the entry into Kimai by hand': {
    kind: 'duplicate',
    policies: { exactMatches: 'ask' },
    books: books({ entries: [lead], rows: [row(5)] }),
  },
  'the duration was changed on both sides': {
    kind: 'mismatch',
    books: books({ entries: [longer], links: agreed, rows: [retimed] }),
  },
  'the row typed by hand has another duration': {
    kind: 'mismatch',
    books: books({ entries: [lead], rows: [row(5, { seconds: 2400 })] }),
  },
  'the duration was changed in Zammad': {
    kind: 'mismatch',
    policies: { sourceEdits: 'ask' },
    books: books({ entries: [longer], links: agreed, rows: [linked] }),
  },
  'the ticket now belongs to another customer': {
    kind: 'mismatch',
    books: books({ entries: [{ ...lead, organizationId: '8' }], links: agreed, rows: [linked] }),
  },
  'a new entry, and a row that lies near': {
    kind: 'missing',
    policies: { newEntries: 'ask' },
    books: books({ entries: [lead], rows: [nearRow] }),
  },
  'an entry that was older than 35 days when first seen': {
    kind: 'missing',
    books: books({
      entries: [
        booked(entry(1, { bookedAt: '2026-09-01T10:00:00Z' }), { firstSeenAt: '2026-11-20T10:00:00Z' }),
      ],
    }),
  },
  'a row with similar words': {
    kind: 'ambiguous',
    books: books({ entries: [lead], rows: [row(5, { description: 'Drucker druckt wieder nicht' })] }),
  },
  'the duration was changed in Kimai': {
    kind: 'target_changed',
    books: books({ entries: [lead], links: agreed, rows: [retimed] }),
  },
  'the row was deleted in Kimai': {
    kind: 'target_deleted',
    books: books({ entries: [lead], links: agreed, rows: [{ ...linked, deletedAt: GONE_AT }] }),
  },
  'the entry was deleted in Zammad': {
    kind: 'source_deleted',
    books: books({ entries: [{ ...lead, deletedAt: GONE_AT }], links: agreed, rows: [linked] }),
  },
  'more time in Zammad after the export': {
    kind: 'locked',
    books: books({ entries: [longer], links: agreed, rows: [exported] }),
  },
  'less time in Zammad after the export': {
    kind: 'locked',
    books: books({
      entries: [{ ...lead, seconds: 900 }, other],
      links: [...agreed, link(other, [otherRow])],
      rows: [exported, otherRow],
    }),
  },
  'an activity type that nobody mapped': {
    kind: 'unmapped_activity',
    books: books({ entries: [entry(1, { activityTypeId: '99' })] }),
  },
  'an agent whom nobody mapped': {
    kind: 'unmapped_user',
    books: books({
      entries: [
        booked(lead, { frozen: { userId: '99', bookedAt: lead.bookedAt, entryDate: lead.entryDate } }),
      ],
    }),
  },
  'an organization that nobody mapped': {
    kind: 'unmapped_customer',
    books: books({ entries: [entry(1, { organizationId: '99' })] }),
  },
  'Kimai refused the new row': { kind: 'rejected', books: refused('overlap') },
  'a correction of a type that was never booked': {
    kind: 'correction',
    books: books({
      entries: [lead, entry(2, { seconds: -600, activityTypeId: '5', bookedAt: '2026-11-20T11:00:00Z' })],
      links: agreed,
      rows: [linked],
    }),
  },
  'a correction that the bridge does not net by itself': {
    kind: 'correction',
    policies: { corrections: 'ask' },
    books: books({
      entries: [lead, entry(2, { seconds: -600, bookedAt: '2026-11-20T11:00:00Z' })],
      links: agreed,
      rows: [linked],
    }),
  },
  'a number that cannot be read': {
    kind: 'unreadable',
    books: books({ entries: [entry(1, { seconds: null, unreadable: 'not_a_number' })] }),
  },
  'somebody took the writing back': { kind: 'reverted', books: refused('reverted') },
  'Kimai never answered, and rows carry no marker': {
    kind: 'unknown_outcome',
    policies: { marker: false },
    books: refused('unknown_outcome'),
  },
  'eleven entries vanished at once': {
    kind: 'guard',
    books: books({
      entries: many.map((one) => ({ ...one, deletedAt: GONE_AT })),
      links: many.map((one, index) => link(one, manyRows.slice(index, index + 1))),
      rows: manyRows,
    }),
  },
} as const satisfies Readonly<Record<string, Situation>>;

export type SituationName = keyof typeof SITUATIONS;

/** The books of a case with some policies changed. */
export function booksOf(name: SituationName, changed: Partial<Policies> = {}): ReconcileInput {
  const situation: Situation = SITUATIONS[name];
  return situation.books({ ...situation.policies, ...changed });
}
