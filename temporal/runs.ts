import type { CheckDone, InstallWebhook, WebhookInstalled } from '../workflows/messages.js';
import type { installWebhook } from '../workflows/install-webhook.js';
import type { checkConnector } from '../workflows/check-connector.js';
import {
  progress,
  PROBE_BACKOFF,
  stop,
  workflowIds,
  type StartRunArgs,
  type StartRunResult,
  type SyncRunProgress,
} from '../workflows/messages.js';
import type { probe } from '../workflows/probe.js';
import { runAttributes } from '../workflows/search-attributes.js';
import type { startRun as startRunWorkflow } from '../workflows/start-run.js';
import { bounded, CALL_MS, orNull } from './bounded.js';
import type { Temporal } from './connect.js';
import { TemporalCallError } from './errors.js';

const RUN_ANSWER_MS = 3_000;
const CHECK_MS = 60_000;

/** `accepted`: Temporal has it, but no worker took it up in time; the run starts as soon as one does. */
export type RunStarted = 'started' | 'running' | 'accepted';

/**
 * Starts a run of the bridge, or says that one is running.
 * @throws TemporalCallError `unavailable` when Temporal does not answer.
 */
export async function startRun(temporal: Temporal, args: StartRunArgs): Promise<RunStarted> {
  const { bridgeId, trigger } = args;
  try {
    const handle = await bounded(temporal, CALL_MS, () =>
      temporal.client.workflow.start<typeof startRunWorkflow>('startRun', {
        taskQueue: temporal.taskQueue,
        workflowId: workflowIds.startRun(bridgeId),
        args: [args],
        typedSearchAttributes: runAttributes(bridgeId, trigger),
        staticSummary: `Start a run of bridge **${bridgeId}**`,
      }),
    );
    return await outcomeOf(temporal, () => handle.result());
  } catch (error) {
    if (error instanceof TemporalCallError && error.kind === 'already_running') return 'running';
    throw error;
  }
}

async function outcomeOf(temporal: Temporal, result: () => Promise<StartRunResult>): Promise<RunStarted> {
  try {
    return (await bounded(temporal, RUN_ANSWER_MS, result)).started ? 'started' : 'running';
  } catch (error) {
    if (error instanceof TemporalCallError && error.kind === 'unavailable') return 'accepted';
    throw error;
  }
}

/**
 * Asks the bridge's run to stop after the page in hand.
 * @throws TemporalCallError `not_found` when none is running.
 */
export async function stopRun(temporal: Temporal, bridgeId: string): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.getHandle(workflowIds.syncRun(bridgeId)).signal(stop),
  );
}

/** How far the bridge's run is; null when there is none. @throws TemporalCallError `unavailable` without a worker. */
export async function runProgress(temporal: Temporal, bridgeId: string): Promise<SyncRunProgress | null> {
  const handle = temporal.client.workflow.getHandle(workflowIds.syncRun(bridgeId));
  return orNull(bounded(temporal, CALL_MS, () => handle.query(progress)));
}

/** Whether a process works on the bridge's run. @throws TemporalCallError `unavailable` */
export async function isRunAlive(temporal: Temporal, bridgeId: string): Promise<boolean> {
  const handle = temporal.client.workflow.getHandle(workflowIds.syncRun(bridgeId));
  const found = await orNull(bounded(temporal, CALL_MS, () => handle.describe()));
  return found?.status.name === 'RUNNING';
}

/**
 * Checks a connector from the worker, which alone can open its credentials; a check under way is joined.
 * @throws TemporalCallError `unavailable` when no answer came within `timeoutMs`; the result is stored all the same.
 */
export async function runCheck(
  temporal: Temporal,
  connectorId: string,
  timeoutMs = CHECK_MS,
): Promise<CheckDone> {
  const until = Date.now() + timeoutMs;
  const handle = await bounded(temporal, Math.min(CALL_MS, timeoutMs), () =>
    temporal.client.workflow.start<typeof checkConnector>('checkConnector', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.checkConnector(connectorId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ connectorId }],
      staticSummary: `Check connector **${connectorId}**`,
    }),
  );
  return bounded(temporal, Math.max(until - Date.now(), 1), () => handle.result());
}

/**
 * Has the worker make webhook and triggers in the source of a bridge; one under way is joined.
 * @throws TemporalCallError `unavailable` when no answer came in a minute; what was made is found again by its name.
 */
export async function runWebhookInstall(temporal: Temporal, args: InstallWebhook): Promise<WebhookInstalled> {
  const handle = await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof installWebhook>('installWebhook', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.installWebhook(args.bridgeId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [args],
      staticSummary: `Make the webhook of bridge **${args.bridgeId}**`,
    }),
  );
  return bounded(temporal, CHECK_MS, () => handle.result());
}

/** Makes sure that a probe waits for a paused connector. */
export async function startProbe(temporal: Temporal, connectorId: string): Promise<void> {
  await bounded(temporal, CALL_MS, () =>
    temporal.client.workflow.start<typeof probe>('probe', {
      taskQueue: temporal.taskQueue,
      workflowId: workflowIds.probe(connectorId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ connectorId, ...PROBE_BACKOFF }],
      staticSummary: `Wait for connector **${connectorId}**`,
    }),
  );
}
