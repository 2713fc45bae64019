import type { StepCause } from '../../domain/plan.js';
import { rows, type Session } from '../sql.js';

/** An agreement about a lead that is about to be made: on whose behalf, and by which write if by one. */
export type LinkChange = {
  readonly bridgeId: string;
  readonly leadId: string;
  readonly kind: 'write' | 'adopt' | 'accept';
  readonly by: StepCause;
  readonly ledgerId: string | null;
  readonly runId: string | null;
  readonly decisionId: string | null;
};

/** Keeps a lead's link as it stands, so that what comes next can be taken back. Call before the link moves. */
export async function noteLinkChange(session: Session, change: LinkChange): Promise<void> {
  await rows(
    session,
    `insert into link_changes (bridge_id, lead_entry_id, kind, cause, ledger_id, run_id, decision_id, before)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, (
       select jsonb_build_object('sourceBase', l.source_base, 'acceptedSeconds', l.accepted_seconds,
         'roundingSeconds', l.rounding_seconds, 'closed', l.closed,
         'members', coalesce((select jsonb_agg(jsonb_build_object('entryId', m.time_entry_id::text,
           'signedSeconds', m.signed_seconds)) from link_members m where m.link_id = l.id), '[]'),
         'rows', coalesce((select jsonb_agg(jsonb_build_object('externalId', r.external_id, 'role', r.role,
           'sequence', r.sequence, 'targetBase', r.target_base) order by r.sequence)
           from link_timesheets r where r.link_id = l.id), '[]'))
       from links l where l.bridge_id = $1 and l.lead_entry_id = $2))
     returning 1`,
    [
      change.bridgeId,
      change.leadId,
      change.kind,
      JSON.stringify(change.by),
      change.ledgerId,
      change.runId,
      change.by.kind === 'decision' ? change.by.decisionId : change.decisionId,
    ],
  );
}

/** The same for leads that have no link yet, by the ledger rows that make one; what was undone before is settled. */
export async function noteNewLinks(session: Session, ledgerIds: readonly string[]): Promise<void> {
  await rows(
    session,
    `with made as (select id, bridge_id, lead_entry_id, run_id, decision_id, cause from ledger where id = any($1::bigint[])),
     settled as (update bridge_entries b set reverted_at = null from made
       where b.bridge_id = made.bridge_id and b.time_entry_id = made.lead_entry_id and b.reverted_at is not null)
     insert into link_changes (bridge_id, lead_entry_id, kind, ledger_id, run_id, decision_id, cause)
     select bridge_id, lead_entry_id, 'write', id, run_id, decision_id, cause from made returning 1`,
    [[...ledgerIds]],
  );
}
