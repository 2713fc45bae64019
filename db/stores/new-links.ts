import type { LinkMember } from '../../domain/link.js';
import type { StepCause } from '../../domain/plan.js';
import type { SourceBase } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { rows, type Session } from '../sql.js';

/** The first link of a lead, with its rows: the main one first, corrections after it. */
export type NewLink = {
  readonly leadId: string;
  readonly sourceBase: SourceBase;
  readonly members: readonly LinkMember[];
  readonly roundingSeconds: number;
  readonly acceptedSeconds: number;
  readonly records: readonly Timesheet[];
};

type Target = { readonly bridgeId: string; readonly targetConnectorId: string };

/**
 * Makes the links of many leads that have none yet, with their members and rows, in one statement.
 * @throws when a lead or a row is linked already: their keys refuse a second one.
 */
export async function insertNewLinks(
  session: Session,
  { bridgeId, targetConnectorId }: Target,
  links: readonly NewLink[],
): Promise<void> {
  const members = links.flatMap((link) => link.members.map((member) => ({ leadId: link.leadId, ...member })));
  const ties = links.flatMap((link) =>
    link.records.map((record, at) => ({ leadId: link.leadId, record, sequence: at + 1 })),
  );
  await rows(
    session,
    `with made as (
       insert into links (bridge_id, target_connector_id, lead_entry_id, source_base, rounding_seconds, accepted_seconds)
       select $1, $2, * from unnest($3::bigint[], $4::jsonb[], $5::int[], $6::int[]) returning id, lead_entry_id),
     members as (
       insert into link_members (link_id, time_entry_id, signed_seconds)
       select made.id, m.entry_id, m.signed_seconds
       from unnest($7::bigint[], $8::bigint[], $9::int[]) as m (lead_entry_id, entry_id, signed_seconds)
       join made using (lead_entry_id))
     insert into link_timesheets (target_connector_id, link_id, external_id, target_base, role, sequence)
     select $2, made.id, r.external_id, r.target_base, case r.sequence when 1 then 'main' else 'correction' end, r.sequence
     from unnest($10::bigint[], $11::text[], $12::jsonb[], $13::int[])
       as r (lead_entry_id, external_id, target_base, sequence)
     join made using (lead_entry_id) returning 1`,
    [
      bridgeId,
      targetConnectorId,
      links.map((link) => link.leadId),
      links.map((link) => JSON.stringify(link.sourceBase)),
      links.map((link) => link.roundingSeconds),
      links.map((link) => link.acceptedSeconds),
      members.map((member) => member.leadId),
      members.map((member) => member.entryId),
      members.map((member) => member.signedSeconds),
      ties.map((tie) => tie.leadId),
      ties.map((tie) => tie.record.externalId),
      ties.map((tie) => JSON.stringify(tie.record)),
      ties.map((tie) => tie.sequence),
    ],
  );
}

/** An adoption that makes the first link of a lead. */
export type FirstAdoption = {
  readonly leadId: string;
  readonly by: StepCause;
  readonly runId: string | null;
  readonly decisionId: string | null;
};

/** Notes that these leads had no link before, so that their adoption can be taken back; what was undone is settled. */
export async function noteFirstAdoptions(
  session: Session,
  bridgeId: string,
  adoptions: readonly FirstAdoption[],
): Promise<void> {
  await rows(
    session,
    `with settled as (update bridge_entries set reverted_at = null
       where bridge_id = $1 and time_entry_id = any($2::bigint[]) and reverted_at is not null)
     insert into link_changes (bridge_id, kind, lead_entry_id, cause, run_id, decision_id)
     select $1, 'adopt', * from unnest($2::bigint[], $3::jsonb[], $4::bigint[], $5::uuid[]) returning 1`,
    [
      bridgeId,
      adoptions.map(({ leadId }) => leadId),
      adoptions.map(({ by }) => JSON.stringify(by)),
      adoptions.map(({ runId }) => runId),
      adoptions.map(({ by, decisionId }) => (by.kind === 'decision' ? by.decisionId : decisionId)),
    ],
  );
}
