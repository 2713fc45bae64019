import type { LinkMember } from '../../domain/link.js';
import type { SourceBase } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { rows, type Session } from '../sql.js';
import { ClaimLost } from './ledger-claims.js';
import { noteNewLinks } from './link-changes.js';
import { insertNewLinks } from './new-links.js';

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
     where l.id = any($1::bigint[]) and l.id = d.id and l.claim = d.claim and l.state = 'sent'
     returning l.id, l.replan`,
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
  await insertNewLinks(
    session,
    target,
    created.map(({ record, ...link }) => ({ ...link, acceptedSeconds: 0, records: [record] })),
  );
  return new Set(ended.filter(({ replan }) => replan).map(({ id }) => id));
}
