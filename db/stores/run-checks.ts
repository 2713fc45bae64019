import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

/** Something that a run found and that does not stop it, but must not pass in silence. */
export type RunWarning = Reason;

/** What was checked while one side was read; kept with the sums of the run. */
export type SideChecks = { readonly control?: readonly object[]; readonly warnings: readonly RunWarning[] };

/** Replaces what the run knows of one side, so that a repeated reading says it once. */
export async function noteChecks(
  session: Session,
  runId: string | null,
  side: 'source' | 'target',
  checks: SideChecks,
): Promise<void> {
  if (runId === null) return;
  await rows(
    session,
    `update sync_runs set sums = coalesce(sums, '{}') || jsonb_build_object('checks',
       coalesce(sums -> 'checks', '{}') || jsonb_build_object($2::text, $3::jsonb)) where id = $1 returning 1`,
    [runId, side, JSON.stringify(checks)],
  );
}

/** The warnings of a run, of both sides. */
export async function warningsOfRun(session: Session, runId: string): Promise<readonly RunWarning[]> {
  const found = await row<{ source: RunWarning[] | null; target: RunWarning[] | null }>(
    session,
    `select sums #> '{checks,source,warnings}' as source, sums #> '{checks,target,warnings}' as target
     from sync_runs where id = $1`,
    [runId],
  );
  return [...(found?.source ?? []), ...(found?.target ?? [])];
}

/** What is held of a month (by the day of the entries), without deleted entries; unreadable ones are counted. */
export async function stagedMonth(
  session: Session,
  connectorId: string,
  month: string,
): Promise<{ readonly seconds: number; readonly unreadable: number }> {
  const found = await row<{ seconds: string; unreadable: number }>(
    session,
    `select coalesce(sum(seconds) filter (where unreadable is null), 0) as seconds,
       count(*) filter (where unreadable is not null)::int as unreadable from time_entries
     where connector_id = $1 and deleted_at is null and entry_date >= ($2 || '-01')::date
       and entry_date < (($2 || '-01')::date + interval '1 month')`,
    [connectorId, month],
  );
  return { seconds: Number(found?.seconds ?? 0), unreadable: found?.unreadable ?? 0 };
}
