import type { LinkedRow } from '../../domain/link.js';
import { row, rows, type Session } from '../sql.js';
import type { LinkBefore } from './undo-changes.js';

export type RestoredRow = Pick<LinkedRow, 'externalId' | 'role' | 'sequence' | 'targetBase'>;

/** The link as it was: bases, members and rows. */
export async function restoreLink(
  session: Session,
  at: { readonly bridgeId: string; readonly leadId: string },
  before: LinkBefore,
  linked: readonly RestoredRow[],
): Promise<void> {
  const link = await row<{ id: string; target: string }>(
    session,
    `update links set source_base = $3::jsonb, accepted_seconds = $4, rounding_seconds = $5, closed = $6, updated_at = now()
     where bridge_id = $1 and lead_entry_id = $2 returning id, target_connector_id as target`,
    [
      at.bridgeId,
      at.leadId,
      JSON.stringify(before.sourceBase),
      before.acceptedSeconds,
      before.roundingSeconds,
      before.closed,
    ],
  );
  if (link === undefined) return;
  await rows(session, 'delete from link_members where link_id = $1 returning 1', [link.id]);
  await rows(
    session,
    `insert into link_members (link_id, time_entry_id, signed_seconds) select $1, * from unnest($2::bigint[], $3::int[])
     returning 1`,
    [link.id, before.members.map((m) => m.entryId), before.members.map((m) => m.signedSeconds)],
  );
  await rows(session, 'delete from link_timesheets where link_id = $1 returning 1', [link.id]);
  await rows(
    session,
    `insert into link_timesheets (link_id, target_connector_id, external_id, role, sequence, target_base)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::int[], $6::jsonb[]) on conflict do nothing returning 1`,
    [
      link.id,
      link.target,
      linked.map((r) => r.externalId),
      linked.map((r) => r.role),
      linked.map((r) => r.sequence),
      linked.map((r) => JSON.stringify(r.targetBase)),
    ],
  );
}

/** The lead stands alone again. */
export async function dropLink(session: Session, bridgeId: string, leadId: string): Promise<void> {
  await rows(session, 'delete from links where bridge_id = $1 and lead_entry_id = $2 returning 1', [
    bridgeId,
    leadId,
  ]);
}
