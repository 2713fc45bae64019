import { GAP_KINDS, type ConflictFacts } from './conflict.js';
import type { Policies } from './policies.js';
import { reason, type Reason } from './reason.js';

type Case = Pick<ConflictFacts, 'kind' | 'secondsAtStake'>;

/**
 * From how much time on two people must say the same about a case; null when one is enough. A missing mapping is a
 * setting rather than money, and the guard has an administrator of its own.
 */
export function secondPersonFrom(
  { fourEyesSeconds }: Partial<Pick<Policies, 'fourEyesSeconds'>>,
  { kind, secondsAtStake }: Case,
): number | null {
  if (fourEyesSeconds === undefined || fourEyesSeconds === null) return null;
  if (kind === 'guard' || GAP_KINDS.some((gap) => gap === kind)) return null;
  return Math.abs(secondsAtStake) >= fourEyesSeconds ? fourEyesSeconds : null;
}

export const secondPersonMissing = (limitSeconds: number): Reason =>
  reason('second_person_missing', { limitSeconds });
