import type { ConflictKind, GapKind } from '../../../../domain/conflict';

const GAP_KINDS: readonly GapKind[] = ['unmapped_activity', 'unmapped_user', 'unmapped_customer'];

/** Which mapping a case asks for; null where it is about entries, not about a mapping that is missing. */
export const gapKindOf = (kind: ConflictKind): GapKind | null =>
  GAP_KINDS.find((gap) => gap === kind) ?? null;
