import type { deliverAlerts } from '../workflows/deliver-alerts.js';
import { workflowIds } from '../workflows/messages.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';

/** Starts telling people what is due; one under way is left alone, and the keeper looks again within a minute. */
export async function startAlerts(temporal: Temporal): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof deliverAlerts>('deliverAlerts', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.alerts,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [],
      staticSummary: 'Tell people what they must not miss',
      staticDetails: 'Mails and webhooks; what failed has its next try in `alert_messages`.',
    }),
  );
}
