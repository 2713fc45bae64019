import type { PreviewArgs, Resealed } from '../workflows/messages.js';
import { workflowIds } from '../workflows/messages.js';
import type { preview } from '../workflows/preview.js';
import type { resealTokens as resealWorkflow } from '../workflows/reseal-tokens.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';

const RESEAL_MS = 30_000;

/**
 * Starts a preview of the bridge.
 * @throws TemporalCallError `already_running` while one is under way, `unavailable` without an answer.
 */
export async function startPreview(temporal: Temporal, args: PreviewArgs): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof preview>('preview', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.preview(args.bridgeId),
      workflowIdConflictPolicy: 'FAIL',
      args: [args],
      staticSummary: `What a run of bridge **${args.bridgeId}** would do`,
    }),
  );
}

/** Seals all tokens anew in the worker; one under way is joined. @throws TemporalCallError */
export async function resealTokens(temporal: Temporal): Promise<Resealed> {
  const handle = await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof resealWorkflow>('resealTokens', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.resealTokens,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [],
      staticSummary: 'Seal all tokens with the newest key',
    }),
  );
  return bounded(temporal, RESEAL_MS, () => handle.result());
}
