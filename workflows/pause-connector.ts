import { startChild, ParentClosePolicy } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { REACTIONS, type SyncErrorCode } from '../domain/errors.js';
import { pauseConnector } from './activities.js';
import { applicationFailureOf, failureCode } from './failure-code.js';
import { PROBE_BACKOFF, workflowIds } from './messages.js';
import type { probe } from './probe.js';

export type PauseCause = {
  readonly connectorId: string;
  readonly code: SyncErrorCode;
  readonly message: string;
  /** What a check found, told to people instead of the code. */
  readonly finding?: unknown;
};

/** Being asked for patience ends in a pause as well, once the tries of the activity's profile are used up. */
const OUTLASTED: readonly SyncErrorCode[] = ['unavailable', 'rate_limited'];

/** Which connector a failure pauses, and why; undefined when it is about something else. */
export function pauseCauseOf(error: unknown): PauseCause | undefined {
  const failure = applicationFailureOf(error);
  const code = failureCode(error);
  if (!failure || code === 'internal') return undefined;
  if (REACTIONS[code] !== 'pause_connector' && !OUTLASTED.includes(code)) return undefined;
  const info: unknown = failure.details?.[0];
  const connectorId = connectorIdIn(info);
  if (connectorId === undefined) return undefined;
  return { connectorId, code, message: failure.message, ...findingIn(info) };
}

const findingIn = (info: unknown): Pick<PauseCause, 'finding'> =>
  typeof info === 'object' && info !== null && 'finding' in info ? { finding: info.finding } : {};

function connectorIdIn(info: unknown): string | undefined {
  if (typeof info !== 'object' || info === null || !('connectorId' in info)) return undefined;
  return typeof info.connectorId === 'string' ? info.connectorId : undefined;
}

/** Marks the connector as paused and leaves a probe behind that outlives the caller. */
export async function pauseAndProbe(cause: PauseCause): Promise<void> {
  await pauseConnector(cause);
  const { connectorId } = cause;
  try {
    await startChild<typeof probe>('probe', {
      workflowId: workflowIds.probe(connectorId),
      args: [{ connectorId, ...PROBE_BACKOFF }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Wait for connector **${connectorId}**`,
      staticDetails: `Paused because of \`${cause.code}\`: ${cause.message}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
