import type { ReplyOf } from '../../../api/contract';
import type { readStatus } from '../../../api/system/read-status.contract';

type Status = ReplyOf<typeof readStatus>;

/** Something that keeps time from being transferred, or that nobody may miss; `to` leads to where it is mended. */
export type Trouble = {
  readonly key: 'temporal' | 'connector' | 'bridge' | 'failed' | 'broken' | 'warned' | 'late';
  readonly name: string;
  readonly seconds?: number;
  readonly to: string;
};

/** A live bridge compares at least once a night: one that did not is stuck. */
const LATE_MS = 26 * 3_600_000;

/** What is not all right, the most urgent first; nothing when everything is. */
export function troubles(status: Status, now: Date): readonly Trouble[] {
  const { temporal, connectors, pausedBridges, lastRuns } = status;
  return [
    ...(temporal.reachable ? [] : [{ key: 'temporal' as const, name: '', to: '/overview' }]),
    ...connectors
      .filter(({ health }) => health === 'paused')
      .map(({ id, name }) => ({ key: 'connector' as const, name, to: `/connectors/${id}` })),
    ...pausedBridges.map(({ id, name }) => ({ key: 'bridge' as const, name, to: `/bridges/${id}` })),
    ...lastRuns.flatMap((run) => ofRun(run, now)),
  ];
}

function ofRun(run: Status['lastRuns'][number], now: Date): readonly Trouble[] {
  const at = { name: run.bridgeName, to: `/runs/${run.id}` };
  const broken = run.brokenSeconds ?? 0;
  return [
    ...(run.state === 'failed' ? [{ key: 'failed' as const, ...at }] : []),
    ...(broken === 0 ? [] : [{ key: 'broken' as const, ...at, seconds: broken }]),
    ...(run.warnings?.length ? [{ key: 'warned' as const, ...at }] : []),
    ...(run.finishedAt !== null && now.getTime() - Date.parse(run.finishedAt) > LATE_MS
      ? [{ key: 'late' as const, ...at }]
      : []),
  ];
}
