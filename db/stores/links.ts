import type { LinkMember } from '../../domain/link.js';
import type { SourceBase } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { row, rows, type Session } from '../sql.js';

/** What an agreement says of a lead; rounding is left as it is when null. */
export type Agreement = {
  readonly bridgeId: string;
  readonly targetConnectorId: string;
  readonly leadId: string;
  readonly sourceBase: SourceBase;
  readonly members: readonly LinkMember[];
  readonly acceptedSeconds: number;
  readonly roundingSeconds: number | null;
  readonly closed: boolean;
};

/**
 * What was undone before is settled by a new agreement.
 * Makes or moves the link of a lead: both bases' source side, its members, what was accepted. Returns its id. */
export async function storeAgreement(session: Session, a: Agreement): Promise<string> {
  const link = await row<{ id: string }>(
    session,
    `with settled as (update bridge_entries set reverted_at = null
       where bridge_id = $1 and time_entry_id = $3 and reverted_at is not null)
     insert into links as l (bridge_id, target_connector_id, lead_entry_id, source_base, accepted_seconds, rounding_seconds, closed)
     values ($1, $2, $3, $4::jsonb, $5, coalesce($6::int, 0), $7)
     on conflict (bridge_id, lead_entry_id) do update set source_base = excluded.source_base,
       accepted_seconds = excluded.accepted_seconds, rounding_seconds = coalesce($6::int, l.rounding_seconds),
       closed = excluded.closed, updated_at = now()
     returning id`,
    [
      a.bridgeId,
      a.targetConnectorId,
      a.leadId,
      JSON.stringify(a.sourceBase),
      a.acceptedSeconds,
      a.roundingSeconds,
      a.closed,
    ],
  );
  if (link === undefined) throw new Error(`the link of entry ${a.leadId} was not stored`);
  await rows(session, 'delete from link_members where link_id = $1 returning 1', [link.id]);
  await rows(
    session,
    `insert into link_members (link_id, time_entry_id, signed_seconds)
     select $1, * from unnest($2::bigint[], $3::int[]) returning 1`,
    [link.id, a.members.map((m) => m.entryId), a.members.map((m) => m.signedSeconds)],
  );
  return link.id;
}

/** Ties a row to a link with the record as the target returned it. A row that another link holds is an error. */
export async function tieRow(
  session: Session,
  link: { readonly id: string; readonly targetConnectorId: string },
  tie: { readonly record: Timesheet; readonly role: 'main' | 'correction'; readonly sequence: number },
): Promise<void> {
  const tied = await row(
    session,
    `insert into link_timesheets as t (link_id, target_connector_id, external_id, role, sequence, target_base)
     values ($1, $2, $3, $4, $5, $6::jsonb)
     on conflict (target_connector_id, external_id) do update set target_base = excluded.target_base,
       role = excluded.role, sequence = excluded.sequence where t.link_id = excluded.link_id
     returning 1`,
    [
      link.id,
      link.targetConnectorId,
      tie.record.externalId,
      tie.role,
      tie.sequence,
      JSON.stringify(tie.record),
    ],
  );
  if (tied === undefined)
    throw new Error(`timesheet ${tie.record.externalId} is linked to another entry already`);
}

/** Moves the target base of rows that stay tied. */
export async function rebaseRows(
  session: Session,
  linkId: string,
  records: readonly Timesheet[],
): Promise<void> {
  if (records.length === 0) return;
  await rows(
    session,
    `update link_timesheets t set target_base = u.base from unnest($2::text[], $3::jsonb[]) as u (external_id, base)
     where t.link_id = $1 and t.external_id = u.external_id returning 1`,
    [linkId, records.map((r) => r.externalId), records.map((r) => JSON.stringify(r))],
  );
}

/** Rows of a link that are gone are no longer tied to it. */
export async function untieMissing(session: Session, linkId: string, keep: readonly string[]): Promise<void> {
  await rows(
    session,
    'delete from link_timesheets where link_id = $1 and external_id <> all($2::text[]) returning 1',
    [linkId, [...keep]],
  );
}

export async function untieRow(
  session: Session,
  targetConnectorId: string,
  externalId: string,
): Promise<void> {
  await rows(
    session,
    'delete from link_timesheets where target_connector_id = $1 and external_id = $2 returning 1',
    [targetConnectorId, externalId],
  );
}

export type Tied = {
  readonly acceptedSeconds: number;
  readonly roundingSeconds: number;
  readonly rows: readonly {
    readonly externalId: string;
    readonly role: 'main' | 'correction';
    readonly sequence: number;
    /** As last agreed. */
    readonly seconds: number;
  }[];
};

/** The link of a lead as it stands; an empty one when there is none yet. */
export async function readTied(session: Session, bridgeId: string, leadId: string): Promise<Tied> {
  const link = await row<{ id: string; accepted_seconds: number; rounding_seconds: number }>(
    session,
    'select id, accepted_seconds, rounding_seconds from links where bridge_id = $1 and lead_entry_id = $2 for update',
    [bridgeId, leadId],
  );
  if (link === undefined) return { acceptedSeconds: 0, roundingSeconds: 0, rows: [] };
  const tied = await rows<Tied['rows'][number]>(
    session,
    `select external_id as "externalId", role, sequence, (target_base ->> 'seconds')::int as seconds
     from link_timesheets where link_id = $1 order by sequence`,
    [link.id],
  );
  return { acceptedSeconds: link.accepted_seconds, roundingSeconds: link.rounding_seconds, rows: tied };
}
