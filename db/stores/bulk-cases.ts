import type { BulkCase } from '../../domain/bulk-preview.js';
import { rows, type Session } from '../sql.js';
import { secondPersonLimits } from './proposals.js';

/** Cases with the facts that their choices were computed from, in the order asked for; unknown ids are left out. */
export async function readBulkCases(
  session: Session,
  items: readonly { readonly conflictId: string; readonly version: string }[],
): Promise<BulkCase[]> {
  const found = await rows<Omit<BulkCase, 'secondPersonFrom'> & { bridgeId: string }>(
    session,
    `select c.id as "conflictId", c.bridge_id as "bridgeId", c.state = 'open' as open, c.version, i.version as "seenVersion", c.facts
     from unnest($1::bigint[], $2::text[]) with ordinality as i (id, version, n) join conflicts c on c.id = i.id
     order by i.n`,
    [items.map((item) => item.conflictId), items.map((item) => item.version)],
  );
  const limits = await secondPersonLimits(
    session,
    found.map(({ conflictId: id, bridgeId, facts }) => ({ id, bridgeId, facts })),
  );
  return found.map((one) => ({ ...one, secondPersonFrom: limits.get(one.conflictId) ?? null }));
}

/** Which of these cases there are. */
export async function knownConflicts(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(session, 'select id from conflicts where id = any($1::bigint[])', [
    [...ids],
  ]);
  return new Set(found.map(({ id }) => id));
}
