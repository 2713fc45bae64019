import { affected, row, rows, type Session } from '../sql.js';

export type NewRun = {
  readonly bridgeId: string;
  readonly trigger: string;
  readonly triggeredBy: string | null;
  readonly full: boolean;
  readonly workflowId: string;
  /** One execution of that process: a run that it opened before (a retried activity) is found by it. */
  readonly executionId: string | null;
};

/**
 * Opens a run; the one that the same execution opened before (a retried activity) is found again. Any other open one
 * is closed: the fixed workflow id allows one process, and that is the one that asks.
 */
export async function openRun(session: Session, run: NewRun): Promise<string> {
  const open = await rows<{ id: string; mine: boolean }>(
    session,
    `select id, execution_id is not distinct from $2 as mine from sync_runs
     where bridge_id = $1 and state = 'running' order by id desc for update`,
    [run.bridgeId, run.executionId],
  );
  const known = open.find(({ mine }) => mine);
  for (const { id } of open) if (id !== known?.id) await abandonRun(session, id);
  if (known !== undefined) return known.id;
  const opened = await row<{ id: string }>(
    session,
    `insert into sync_runs (bridge_id, trigger, triggered_by, full_comparison, workflow_id, execution_id, state)
     values ($1, $2, $3, $4, $5, $6, 'running') returning id`,
    [run.bridgeId, run.trigger, run.triggeredBy, run.full, run.workflowId, run.executionId],
  );
  if (opened === undefined) throw new Error('the run was not stored');
  return opened.id;
}

/** Adds to a run's counters, by name. */
export async function countInRun(
  session: Session,
  runId: string | null,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  if (runId === null) return;
  await rows(
    session,
    `update sync_runs set counters = counters || (
       select coalesce(jsonb_object_agg(key, coalesce((sync_runs.counters ->> key)::bigint, 0) + value::bigint), '{}')
       from jsonb_each_text($2::jsonb))
     where id = $1 returning id`,
    [runId, JSON.stringify(counts)],
  );
}

/** Sets counters of a run, by name. */
export async function setInRun(
  session: Session,
  runId: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await rows(session, 'update sync_runs set counters = counters || $2::jsonb where id = $1 returning id', [
    runId,
    JSON.stringify(counts),
  ]);
}

/** @returns whether that is news. */
export async function moveRunPhase(session: Session, runId: string, phase: string): Promise<boolean> {
  const moved = await affected(
    session,
    `update sync_runs set phase = $2 where id = $1 and state = 'running' and phase <> $2 returning id`,
    [runId, phase],
  );
  return moved === 1;
}

/** Closes a run once; false when it is closed already. What was checked while reading stays beside the sums. */
export async function closeRun(
  session: Session,
  runId: string,
  end: { readonly state: string; readonly error: string | null; readonly sums: unknown },
): Promise<boolean> {
  const closed = await affected(
    session,
    `update sync_runs set state = $2, phase = 'finished', error = $3::jsonb, sums = coalesce(sums, '{}') || $4::jsonb, finished_at = now()
     where id = $1 and state = 'running' returning id`,
    [
      runId,
      end.state,
      end.error === null ? null : JSON.stringify({ code: end.error }),
      JSON.stringify(end.sums),
    ],
  );
  return closed === 1;
}

/** Runs that are open. */
export const runningRuns = (session: Session): Promise<{ runId: string; bridgeId: string }[]> =>
  rows(
    session,
    `select id as "runId", bridge_id as "bridgeId" from sync_runs where state = 'running' order by id`,
  );

/** Closes a run that no process works on any more. */
export async function abandonRun(session: Session, runId: string): Promise<void> {
  await rows(
    session,
    `update sync_runs set state = 'failed', phase = 'finished', error = '{"code":"abandoned"}', finished_at = now()
     where id = $1 and state = 'running' returning 1`,
    [runId],
  );
}
