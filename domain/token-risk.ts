import type { BridgeMode } from './policies.js';
import type { Day, Instant } from './time-entry.js';

/**
 * What a target's token with too much power could do: change time that was exported and billed. Named in full wherever it
 * is accepted, so that nobody accepts it by a mere "yes".
 */
export const TOKEN_RISK = 'may_change_exported_time';

/** An admin's word for one bridge; another token or address of the target ends it. */
export type AcceptedRisk = { readonly by: string; readonly name: string; readonly at: Instant };

export type TokenRisk = {
  readonly mode: BridgeMode;
  /** A role of administrators, or the right to edit exported rows; null while no test found out. */
  readonly powerful: boolean | null;
  readonly accepted: AcceptedRisk | null;
  readonly closedUntil: Day | null;
};

/** What is missing before such a bridge may write (books.md, "Writing"): the admin's word, the closed day, or both. */
export function missingForRisk({
  mode,
  powerful,
  accepted,
  closedUntil,
}: TokenRisk): readonly ('accepted' | 'closedUntil')[] {
  if (mode !== 'live' || powerful !== true) return [];
  return [
    ...(accepted === null ? (['accepted'] as const) : []),
    ...(closedUntil === null ? (['closedUntil'] as const) : []),
  ];
}
