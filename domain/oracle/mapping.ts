import type { GapKind } from '../conflict.js';
import type { Mapped } from '../policies.js';
import type { BookedEntry, ReconcileInput } from '../reconcile-input.js';
import type { Booking } from './books.js';

export type Gap = { readonly kind: GapKind; readonly key: string };
/** Where an entry is booked; the gaps it waits behind; or what people chose to leave out. */
export type Mapping =
  { readonly booking: Booking } | { readonly gaps: readonly Gap[] } | { readonly ignored: Gap };

export const customerKeyOf = ({ entry }: BookedEntry): string =>
  entry.organizationId !== null
    ? `organization:${entry.organizationId}`
    : `customer:${entry.ticketCustomerId ?? ''}`;

export const gapSubjectOf = ({ kind, key }: Gap): string => `gap:${kind}:${key}`;

type Answer = { readonly gap: Gap; readonly mapped: Mapped | undefined };

function answersFor(booked: BookedEntry, { bridge }: ReconcileInput): readonly Answer[] {
  const { mappings, policies } = bridge;
  const type = booked.entry.activityTypeId ?? '';
  const customer = customerKeyOf(booked);
  const fixed = policies.project === 'fixed' ? policies.fixedProjectId : null;
  return [
    { gap: { kind: 'unmapped_activity', key: type }, mapped: mappings.activities[type] },
    {
      gap: { kind: 'unmapped_user', key: booked.frozen.userId },
      mapped: mappings.users[booked.frozen.userId],
    },
    {
      gap: { kind: 'unmapped_customer', key: customer },
      mapped: fixed === null ? mappings.customers[customer] : { targetId: fixed },
    },
  ];
}

const targetOf = (answers: readonly Answer[], kind: GapKind): string | null => {
  const mapped = answers.find(({ gap }) => gap.kind === kind)?.mapped;
  return mapped && 'targetId' in mapped ? mapped.targetId : null;
};

/** Looks only at the kinds asked for: a change of the type needs no mapping of the customer. */
export function mappingOf(
  booked: BookedEntry,
  input: ReconcileInput,
  kinds: readonly GapKind[] = ['unmapped_activity', 'unmapped_user', 'unmapped_customer'],
): Mapping {
  const all = answersFor(booked, input);
  const answers = all.filter(({ gap }) => kinds.includes(gap.kind));
  const ignored = answers.find(({ mapped }) => mapped && 'ignored' in mapped);
  if (ignored) return { ignored: ignored.gap };
  const gaps = answers.flatMap(({ gap, mapped }) => (mapped === undefined ? [gap] : []));
  if (gaps.length > 0) return { gaps };
  return {
    booking: {
      activityId: targetOf(all, 'unmapped_activity') ?? '',
      userId: targetOf(all, 'unmapped_user') ?? '',
      projectId: targetOf(all, 'unmapped_customer') ?? '',
    },
  };
}
