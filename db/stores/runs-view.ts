import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

export type RunRecord = {
  readonly id: string;
  readonly bridgeId: string;
  readonly bridgeName: string;
  readonly trigger: 'person' | 'schedule' | 'cli' | 'probe' | 'webhooks';
  readonly triggeredBy: string | null;
  readonly full: boolean;
  readonly workflowId: string;
  readonly state: 'running' | 'completed' | 'stopped' | 'failed' | 'target_paused';
  readonly phase: 'fetching' | 'reconciling' | 'applying' | 'finished';
  readonly counters: Readonly<Record<string, number>>;
  readonly error: { readonly code: string; readonly facts?: Reason['facts'] } | null;
  /** What the run found and that did not stop it. */
  readonly warnings: readonly Reason[];
  /** Seconds that nothing explains, over all months; 0 when the sum comes out, null before the run is finished. */
  readonly brokenSeconds: number | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

const COLUMNS = `r.id, r.bridge_id as "bridgeId", b.name as "bridgeName", r.trigger,
  coalesce(u.name, r.triggered_by) as "triggeredBy", r.full_comparison as "full", r.workflow_id as "workflowId",
  coalesce(r.sums #> '{checks,source,warnings}', '[]') || coalesce(r.sums #> '{checks,target,warnings}', '[]') as warnings,
  (r.sums ->> 'brokenSeconds')::float8 as "brokenSeconds", r.state, r.phase, r.counters, r.error, r.started_at as "startedAt", r.finished_at as "finishedAt"`;
const JOINS = 'join bridges b on b.id = r.bridge_id left join users u on u.id::text = r.triggered_by';

export async function listRuns(
  session: Session,
  filter: { readonly bridge?: string | undefined; readonly states?: readonly string[] | undefined },
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly items: readonly RunRecord[] }> {
  const condition = '($1::text is null or r.bridge_id = $1) and ($2::text[] is null or r.state = any($2))';
  const bind = [filter.bridge ?? null, filter.states ?? null];
  const [counted, items] = await Promise.all([
    row<{ total: number }>(
      session,
      `select count(*)::int as total from sync_runs r where ${condition}`,
      bind,
    ),
    rows<RunRecord>(
      session,
      `select ${COLUMNS} from sync_runs r ${JOINS} where ${condition} order by r.id desc offset $3 limit $4`,
      [...bind, page.offset, page.limit],
    ),
  ]);
  return { total: counted?.total ?? 0, items };
}

export const readRun = (
  session: Session,
  id: string,
): Promise<(RunRecord & { sums: object | null }) | undefined> =>
  row(session, `select ${COLUMNS}, r.sums from sync_runs r ${JOINS} where r.id = $1`, [id]);

/** The newest run of each bridge. */
export const lastRuns = (session: Session): Promise<RunRecord[]> =>
  rows<RunRecord>(
    session,
    `select ${COLUMNS} from bridges o join lateral (
       select * from sync_runs where bridge_id = o.id order by id desc limit 1) r on true ${JOINS} order by r.id desc`,
  );
