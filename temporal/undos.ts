import { workflowIds } from '../workflows/messages.js';
import type { undo } from '../workflows/undo.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';

const WAITS = { retryFirstMs: 5_000, retryMostMs: 300_000 } as const;

/** An undoing and what it takes back: the id of a decision, a bulk decision or a run. */
export type UndoRef = { readonly undoId: string; readonly kind: string; readonly subjectId: string };

/** Starts the process of an undoing unless it is there; everything else stands in its rows. */
export async function startUndo(temporal: Temporal, { undoId, kind, subjectId }: UndoRef): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof undo>('undo', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.undo(subjectId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ undoId, ...WAITS }],
      staticSummary: `Undo ${kind} **${subjectId}**`,
      staticDetails: 'Writes back what was there before; what changed since, is exported or closed is left.',
    }),
  );
}
