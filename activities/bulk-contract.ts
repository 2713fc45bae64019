/*
 * Many cases with one choice. Every activity does one page and may be repeated: what a page did is on its items, so
 * the next call goes on with those that are left.
 */

export type BulkStanding = {
  readonly state: 'recording' | 'grace' | 'withdrawn' | 'applying' | 'done';
  /** End of the one grace time; null until everything is recorded. */
  readonly applyAfter: string | null;
  readonly bridgeIds: readonly string[];
  readonly counts: BulkCounts;
};
/** Items by how they stand; a state that no item has is left out. */
export type BulkCounts = Readonly<Record<string, number>>;

export type BulkPagePlanned = {
  readonly more: boolean;
  /** Bridges of which more has to be planned: a gap was closed, or a guard let go. */
  readonly replan: readonly string[];
  /** The decisions that let guards go: what they held is done in their name. An older release does not say. */
  readonly released?: readonly ReleasedGuard[];
};
export type ReleasedGuard = { readonly bridgeId: string; readonly decisionId: string };

type Bulk = { readonly bulkId: string };

export interface BulkActivities {
  readBulk(input: Bulk): Promise<BulkStanding>;
  /** Decides up to 50 cases by compare-and-set. */
  recordBulkPage(input: Bulk): Promise<{ readonly more: boolean }>;
  /** Everything is recorded: the one grace time begins. */
  startBulkGrace(input: Bulk): Promise<BulkStanding>;
  /** All of it goes back. @throws `DECISION_FAILURES.closed` once it is being applied */
  withdrawBulk(input: Bulk & { readonly actorId: string }): Promise<void>;
  /** The grace time is over: puts up to 50 decisions in force. */
  planBulkPage(input: Bulk): Promise<BulkPagePlanned>;
  /** After the writes: up to 50 outcomes. `next`: where to go on; `waiting`: how many are still being written. */
  settleBulkPage(
    input: Bulk & { readonly after: number },
  ): Promise<{ readonly next: number | null; readonly waiting: number }>;
  finishBulk(input: Bulk): Promise<BulkCounts>;
}
