import type { PreviewSummary } from '../../domain/preview-shape.js';
import { row, rows, type Session } from '../sql.js';

export type PreviewRecord = {
  readonly bridgeId: string;
  readonly previewId: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly phase: 'fetching' | 'reconciling' | 'finished';
  readonly asConfirmed: boolean;
  readonly reapply: boolean;
  readonly ticketsDone: number;
  readonly ticketsTotal: number;
  readonly summary: PreviewSummary | null;
  readonly error: { readonly code: string } | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

export const findPreview = (session: Session, bridgeId: string): Promise<PreviewRecord | undefined> =>
  row<PreviewRecord>(
    session,
    `select bridge_id as "bridgeId", preview_id as "previewId", state, phase, as_confirmed as "asConfirmed", reapply,
       tickets_done as "ticketsDone", tickets_total as "ticketsTotal", summary, error, started_at as "startedAt",
       finished_at as "finishedAt" from previews where bridge_id = $1`,
    [bridgeId],
  );

/** A bridge has one preview, the newest; the same one begun again (a repeated activity) starts over. */
export async function openPreview(
  session: Session,
  preview: {
    readonly bridgeId: string;
    readonly previewId: string;
    readonly asConfirmed: boolean;
    readonly reapply?: boolean;
    readonly requestedBy: string | null;
  },
): Promise<void> {
  await rows(
    session,
    `insert into previews (bridge_id, preview_id, state, phase, as_confirmed, requested_by, reapply)
     values ($1, $2, 'running', 'fetching', $3, $4, $5)
     on conflict (bridge_id) do update set preview_id = excluded.preview_id, state = 'running', phase = 'fetching',
       as_confirmed = excluded.as_confirmed, reapply = excluded.reapply, requested_by = excluded.requested_by, tickets_done = 0, tickets_total = 0,
       summary = null, error = null, started_at = now(), finished_at = null
     returning 1`,
    [preview.bridgeId, preview.previewId, preview.asConfirmed, preview.requestedBy, preview.reapply === true],
  );
}

export async function notePreviewProgress(
  session: Session,
  previewId: string,
  progress: { readonly done: number; readonly total: number },
): Promise<void> {
  await rows(
    session,
    `update previews set phase = 'reconciling', tickets_done = $2, tickets_total = $3 where preview_id = $1 returning 1`,
    [previewId, progress.done, progress.total],
  );
}

export async function closePreview(
  session: Session,
  previewId: string,
  end: { readonly summary: PreviewSummary } | { readonly error: string },
): Promise<void> {
  const failed = 'error' in end;
  await rows(
    session,
    `update previews set state = $2, phase = 'finished', summary = $3::jsonb, error = $4::jsonb, finished_at = now()
     where preview_id = $1 and state = 'running' returning 1`,
    [
      previewId,
      failed ? 'failed' : 'done',
      failed ? null : JSON.stringify(end.summary),
      failed ? JSON.stringify({ code: end.error }) : null,
    ],
  );
}

/** Every ticket of a bridge that has entries, in one order; after `after`, at most `limit`. */
export async function ticketsOfBridge(
  session: Session,
  bridgeId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ ticket_id: string }>(
    session,
    `select distinct e.ticket_id from bridge_entries b join time_entries e on e.id = b.time_entry_id
     where b.bridge_id = $1 and ($2::text is null or e.ticket_id > $2) order by e.ticket_id limit $3`,
    [bridgeId, after, limit],
  );
  return found.map((r) => r.ticket_id);
}

export async function countTickets(session: Session, bridgeId: string): Promise<number> {
  const found = await row<{ tickets: number }>(
    session,
    `select count(distinct e.ticket_id)::int as tickets from bridge_entries b join time_entries e on e.id = b.time_entry_id
     where b.bridge_id = $1`,
    [bridgeId],
  );
  return found?.tickets ?? 0;
}

/** The subjects that people are asked about now: what a plan does not ask any more, it decides. */
export async function openSubjects(session: Session, bridgeId: string): Promise<ReadonlySet<string>> {
  const found = await rows<{ subject: string }>(
    session,
    `select subject from conflicts where bridge_id = $1 and state = 'open'`,
    [bridgeId],
  );
  return new Set(found.map(({ subject }) => subject));
}
