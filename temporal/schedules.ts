import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import { scheduleIds, workflowIds, type StartRunArgs } from '../workflows/messages.js';
import { runAttributes } from '../workflows/search-attributes.js';
import type { startRun } from '../workflows/start-run.js';
import { bounded, CALL_MS, orNull } from './bounded.js';
import type { Temporal } from './connect.js';
import { TemporalCallError } from './errors.js';

/** When a bridge runs. A cron text that is null means: no such schedule. */
export type BridgeSchedule = {
  readonly bridgeId: string;
  readonly cron: string | null;
  /** The full comparison. */
  readonly nightlyCron: string | null;
  /** IANA name. Times between 02:00 and 03:00 are skipped or doubled where clocks change. */
  readonly timeZone: string;
  readonly paused: boolean;
};

type Action = ScheduleOptionsStartWorkflowAction<typeof startRun>;
type Options = ScheduleOptions<Action>;

/**
 * Creates, changes or removes the two schedules of a bridge so that they are as given.
 * @throws TemporalCallError `invalid` with the server's words when a cron text or the time zone is wrong.
 */
export async function ensureBridgeSchedules(temporal: Temporal, schedule: BridgeSchedule): Promise<void> {
  const { bridgeId, cron, nightlyCron } = schedule;
  await ensureOrRemove(temporal, schedule, scheduleIds.run(bridgeId), cron, false);
  await ensureOrRemove(temporal, schedule, scheduleIds.nightly(bridgeId), nightlyCron, true);
}

/** Removes both schedules; a run that is under way goes on. */
export async function removeBridgeSchedules(temporal: Temporal, bridgeId: string): Promise<void> {
  await remove(temporal, scheduleIds.run(bridgeId));
  await remove(temporal, scheduleIds.nightly(bridgeId));
}

/** Stops both schedules without forgetting them, or lets them go on. */
export async function pauseBridgeSchedules(
  temporal: Temporal,
  bridgeId: string,
  paused: boolean,
): Promise<void> {
  for (const id of [scheduleIds.run(bridgeId), scheduleIds.nightly(bridgeId)]) {
    const handle = temporal.client.schedule.getHandle(id);
    await orNull(bounded(temporal, CALL_MS, () => (paused ? handle.pause() : handle.unpause())));
  }
}

/** The next runs of a bridge, soonest first; empty when it has no schedule or is paused. */
export async function nextRuns(temporal: Temporal, bridgeId: string): Promise<readonly Date[]> {
  const handle = temporal.client.schedule.getHandle(scheduleIds.run(bridgeId));
  const found = await orNull(bounded(temporal, CALL_MS, () => handle.describe()));
  return found === null || found.state.paused ? [] : found.info.nextActionTimes;
}

/** The ids of all schedules that Temporal knows. */
export async function listScheduleIds(temporal: Temporal): Promise<ReadonlySet<string>> {
  return bounded(temporal, CALL_MS * 3, async () => {
    const ids = new Set<string>();
    for await (const { scheduleId } of temporal.client.schedule.list()) ids.add(scheduleId);
    return ids;
  });
}

/** Local time of nobody in particular: at night in Europe, when no bridge compares in full. */
const RETENTION_CRON = '40 3 * * *';

/** Makes the nightly forgetting of what is past its time, unless it is there. */
export async function ensureRetentionSchedule(temporal: Temporal): Promise<void> {
  try {
    await bounded(temporal, CALL_MS, () =>
      temporal.client.schedule.create({
        scheduleId: scheduleIds.retention,
        spec: { cronExpressions: [RETENTION_CRON] },
        action: {
          type: 'startWorkflow',
          workflowType: 'retention',
          workflowId: workflowIds.retention,
          taskQueue: temporal.taskQueue,
          args: [],
          staticSummary: 'Forget what is past its time',
        },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
      }),
    );
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

async function ensureOrRemove(
  temporal: Temporal,
  schedule: BridgeSchedule,
  scheduleId: string,
  cron: string | null,
  full: boolean,
): Promise<void> {
  if (cron === null) return remove(temporal, scheduleId);
  const options = optionsOf(temporal, schedule, scheduleId, cron, full);
  try {
    await bounded(temporal, CALL_MS, () => createOrUpdate(temporal, options));
  } catch (error) {
    throw isRefusedSpec(error) ? invalid(error) : error;
  }
}

async function createOrUpdate(temporal: Temporal, options: Options): Promise<void> {
  const { scheduleId, spec, action, policies } = options;
  try {
    await temporal.client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const state = { paused: options.state?.paused ?? false };
    const handle = temporal.client.schedule.getHandle(scheduleId);
    await handle.update<typeof startRun>(() => ({ spec, action, ...(policies ? { policies } : {}), state }));
  }
}

function optionsOf(
  temporal: Temporal,
  schedule: BridgeSchedule,
  scheduleId: string,
  cron: string,
  full: boolean,
): Options {
  const { bridgeId, timeZone, paused } = schedule;
  const args: [StartRunArgs] = [{ bridgeId, trigger: 'schedule', triggeredBy: null, full }];
  return {
    scheduleId,
    spec: { cronExpressions: [cron], timezone: timeZone },
    action: {
      type: 'startWorkflow',
      workflowType: 'startRun',
      workflowId: workflowIds.startRun(bridgeId),
      taskQueue: temporal.taskQueue,
      args,
      typedSearchAttributes: runAttributes(bridgeId, 'schedule'),
      staticSummary: `${full ? 'Nightly full comparison' : 'Scheduled run'} of bridge **${bridgeId}**`,
    },
    // After an outage: a run that was due within the last hour is made up for, a night's comparison until noon.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: full ? '9h' : '1h' },
    state: { paused },
  };
}

async function remove(temporal: Temporal, scheduleId: string): Promise<void> {
  const handle = temporal.client.schedule.getHandle(scheduleId);
  await orNull(bounded(temporal, CALL_MS, () => handle.delete()));
}

/** The client turns a refused cron text or zone into a TypeError with the server's explanation. */
const isRefusedSpec = (error: unknown): error is TemporalCallError =>
  error instanceof TemporalCallError && error.cause instanceof TypeError;

const invalid = (error: TemporalCallError): TemporalCallError =>
  new TemporalCallError('invalid', error.message, { cause: error });
