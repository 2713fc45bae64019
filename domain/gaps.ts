import { GAP_KINDS, type GapKind } from './conflict.js';
import type { BridgeRules, Mapped } from './policies.js';
import type { BookedEntry } from './reconcile-input.js';
import type { TimeEntry } from './time-entry.js';

/** The three ids of the target that a timesheet needs. */
export type Booking = { readonly userId: string; readonly projectId: string; readonly activityId: string };

/** A missing mapping: what it is about, and how it is called for people. */
export type Gap = { readonly kind: GapKind; readonly key: string; readonly name: string };

export type Mapping =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly gaps: readonly Gap[] }
  /** People chose to leave this type, person or customer out of Kimai. */
  | { readonly ok: false; readonly ignored: Gap };

export const gapSubject = (gap: Pick<Gap, 'kind' | 'key'>): string => `gap:${gap.kind}:${gap.key}`;

/** Who is billed: the ticket's organization, or its customer where there is none. */
export const customerKey = (entry: TimeEntry): string =>
  entry.organizationId === null
    ? `customer:${entry.ticketCustomerId ?? ''}`
    : `organization:${entry.organizationId}`;

/**
 * All gaps of an entry at once: it waits behind each of them. With `kinds` only those are looked at: a change of the
 * type needs no mapping of the customer.
 */
export function mapEntry(
  { entry, frozen }: BookedEntry,
  bridge: BridgeRules,
  kinds: readonly GapKind[] = GAP_KINDS,
): Mapping {
  const { mappings, policies } = bridge;
  const fixed = policies.project === 'fixed' ? policies.fixedProjectId : null;
  const wanted: readonly (Gap & { readonly mapped: Mapped | undefined })[] = [
    {
      kind: 'unmapped_activity',
      key: entry.activityTypeId ?? '',
      name: entry.activityTypeName ?? '',
      mapped: mappings.activities[entry.activityTypeId ?? ''],
    },
    {
      kind: 'unmapped_user',
      key: frozen.userId,
      name: entry.userName,
      mapped: mappings.users[frozen.userId],
    },
    {
      kind: 'unmapped_customer',
      key: customerKey(entry),
      name: entry.organizationName ?? entry.ticketCustomerName ?? '',
      mapped: fixed === null ? mappings.customers[customerKey(entry)] : { targetId: fixed },
    },
  ];
  return answer(wanted.filter(({ kind }) => kinds.includes(kind)));
}

function answer(wanted: readonly (Gap & { readonly mapped: Mapped | undefined })[]): Mapping {
  const ignored = wanted.find(({ mapped }) => mapped !== undefined && 'ignored' in mapped);
  if (ignored) return { ok: false, ignored: { kind: ignored.kind, key: ignored.key, name: ignored.name } };
  const gaps = wanted.filter(({ mapped }) => mapped === undefined);
  if (gaps.length > 0) return { ok: false, gaps: gaps.map(({ kind, key, name }) => ({ kind, key, name })) };
  const targetOf = (of: GapKind): string => {
    const mapped = wanted.find(({ kind }) => kind === of)?.mapped;
    return mapped !== undefined && 'targetId' in mapped ? mapped.targetId : '';
  };
  return {
    ok: true,
    booking: {
      activityId: targetOf('unmapped_activity'),
      userId: targetOf('unmapped_user'),
      projectId: targetOf('unmapped_customer'),
    },
  };
}
