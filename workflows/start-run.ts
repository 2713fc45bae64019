import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { workflowIds, type StartRunArgs, type StartRunResult } from './messages.js';
import { runAttributes } from './search-attributes.js';
import { syncRun } from './sync-run.js';

/**
 * What schedules, people and the CLI start. The run gets one fixed id per bridge, so that there is at most one at a
 * time whoever starts it; a schedule's own overlap policy would not see runs that people start.
 */
export async function startRun(args: StartRunArgs): Promise<StartRunResult> {
  return (await launchSyncRun(args)) ? { started: true } : { started: false, running: true };
}

/** Starts the bridge's run and lets go of it. False when one is running. */
export async function launchSyncRun(args: StartRunArgs): Promise<boolean> {
  try {
    await startChild(syncRun, {
      workflowId: workflowIds.syncRun(args.bridgeId),
      args: [args],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: runAttributes(args.bridgeId, args.trigger),
      staticSummary: `${args.full ? 'Full comparison' : 'Sync run'} of bridge **${args.bridgeId}**`,
      staticDetails: `Started by: ${args.trigger}${args.triggeredBy === null ? '' : ` (${args.triggeredBy})`}`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
