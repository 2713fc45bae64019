import { GAP_KINDS, type Choice, type ConflictFacts, type DecisionParameters } from './conflict.js';
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

type Verdict = { readonly choice: Choice; readonly parameters: DecisionParameters };

/** One text for the same parameters, in whatever order they were sent. */
const textOf = ({ targetId, fields, edit }: DecisionParameters): string =>
  JSON.stringify([
    targetId ?? null,
    Object.entries(fields ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    [edit?.begin ?? null, edit?.seconds ?? null, edit?.projectId ?? null],
  ]);

/** Whether somebody else has proposed the very same; the proposals are those about the facts as they are. */
export const isSeconded = (
  proposals: readonly (Verdict & { readonly userId: string })[],
  userId: string | null,
  { choice, parameters }: Verdict,
): boolean =>
  proposals.some(
    (one) => one.userId !== userId && one.choice === choice && textOf(one.parameters) === textOf(parameters),
  );
