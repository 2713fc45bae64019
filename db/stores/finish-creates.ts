import type { LinkMember } from '../../domain/link.js';
import type { SourceBase } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { rows, type Session } from '../sql.js';
import { ClaimLost } from './ledger-claims.js';
import { noteNewLinks } from './link-changes.js';

/** A row that the target created for a lead that had no link. */
export type Created = {
  readonly ledgerId: string;
  readonly claim: number;
  readonly leadId: string;
  readonly sourceBase: SourceBase;
  readonly members: readonly LinkMember[];
  readonly roundingSeconds: number;
  readonly record: Timesheet;
};

/**
 * Ends the ledger rows of a group and makes their links, in a handful of statements. Returns the ids that are to be
 * planned again because facts moved meanwhile.
 * @throws ClaimLost when somebody else took one of them over.
 */
export async function finishCreates(
  session: Session,
  target: { readonly bridgeId: string; readonly targetConnectorId: string },
  created: readonly Created[],
): Promise<ReadonlySet<string>> {
  const ended = await rows<{ id: string; replan: boolean }>(
    session,
    `update ledger l set state = 'done', answered_at = now(), answer = d.answer, external_id = d.external_id,
       lease_until = null
     from unnest($1::bigint[], $2::int[], $3::jsonb[], $4::text[]) as d (id, claim, answer, external_id)
     where l.id = d.id and l.claim = d.claim and l.state = 'sent' returning l.id, l.replan`,
    [
      created.map((c) => c.ledgerId),
      created.map((c) => c.claim),
      created.map((c) => JSON.stringify(c.record)),
      created.map((c) => c.record.externalId),
    ],
  );
  if (ended.length !== created.length) throw new ClaimLost('a ledger row of the group was taken over');
  await noteNewLinks(
    session,
    created.map((c) => c.ledgerId),
  );
  const linkIds = await insertLinks(session, target, created);
  await tieAll(session, target.targetConnectorId, created, linkIds);
  return new Set(ended.filter(({ replan }) => replan).map(({ id }) => id));
}

async function insertLinks(
  session: Session,
  { bridgeId, targetConnectorId }: { readonly bridgeId: string; readonly targetConnectorId: string },
  created: readonly Created[],
): Promise<ReadonlyMap<string, string>> {
  const links = await rows<{ id: string; lead: string }>(
    session,
    `insert into links (bridge_id, target_connector_id, lead_entry_id, source_base, rounding_seconds)
     select $1, $2, * from unnest($3::bigint[], $4::jsonb[], $5::int[])
     returning id, lead_entry_id::text as lead`,
    [
      bridgeId,
      targetConnectorId,
      created.map((c) => c.leadId),
      created.map((c) => JSON.stringify(c.sourceBase)),
      created.map((c) => c.roundingSeconds),
    ],
  );
  return new Map(links.map(({ id, lead }) => [lead, id]));
}

async function tieAll(
  session: Session,
  targetConnectorId: string,
  created: readonly Created[],
  linkIds: ReadonlyMap<string, string>,
): Promise<void> {
  const linkOf = ({ leadId }: Created): string => linkIds.get(leadId) ?? '';
  const members = created.flatMap((c) => c.members.map((member) => ({ linkId: linkOf(c), ...member })));
  await rows(
    session,
    `insert into link_members (link_id, time_entry_id, signed_seconds)
     select * from unnest($1::bigint[], $2::bigint[], $3::int[]) returning 1`,
    [members.map((m) => m.linkId), members.map((m) => m.entryId), members.map((m) => m.signedSeconds)],
  );
  await rows(
    session,
    `insert into link_timesheets (target_connector_id, role, sequence, link_id, external_id, target_base)
     select $1, 'main', 1, * from unnest($2::bigint[], $3::text[], $4::jsonb[]) returning 1`,
    [
      targetConnectorId,
      created.map(linkOf),
      created.map((c) => c.record.externalId),
      created.map((c) => JSON.stringify(c.record)),
    ],
  );
}
