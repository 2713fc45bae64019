import type { bulkDecision } from '../workflows/bulk-decision.js';
import { bulkProgress, withdrawAll, workflowIds, type BulkProgress } from '../workflows/messages.js';
import { bounded, CALL_MS, orNull } from './bounded.js';
import type { Temporal } from './connect.js';

const WAITS = { retryFirstMs: 5_000, retryMostMs: 300_000 } as const;

/** Starts the process of a bulk decision unless it is there; everything else stands in its rows. */
export async function startBulk(temporal: Temporal, bulkId: string): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof bulkDecision>('bulkDecision', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.bulk(bulkId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ bulkId, ...WAITS }],
      staticSummary: `Bulk decision **${bulkId}**`,
      staticDetails: 'Many cases with one choice: one grace time, an outcome for each case.',
    }),
  );
}

/**
 * Takes all of it back while its grace time lasts.
 * @throws TemporalCallError `rejected` (`NotOpen`) or `not_found` when it is too late.
 */
export async function withdrawBulk(
  temporal: Temporal,
  { bulkId, actorId }: { readonly bulkId: string; readonly actorId: string },
): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.getHandle(workflowIds.bulk(bulkId)).executeUpdate(withdrawAll, {
      args: [{ actorId }],
    }),
  );
}

/** How far it is, from the process itself; null when it has none. */
export async function readBulkProgress(temporal: Temporal, bulkId: string): Promise<BulkProgress | null> {
  const handle = temporal.client.workflow.getHandle(workflowIds.bulk(bulkId));
  return orNull(bounded(temporal, CALL_MS, () => handle.query(bulkProgress)));
}
