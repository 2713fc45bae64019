import type { ConflictDetailRow } from '../../db/stores/conflict-detail-view.js';
import { readProposals, secondPersonLimits, type Proposal } from '../../db/stores/proposals.js';
import type { Session } from '../../db/sql.js';

/** From how much time on the case takes two people, and what was proposed; null when one is enough. */
export async function readSecondPerson(
  session: Session,
  { id, bridgeId, facts, state }: ConflictDetailRow,
): Promise<{ readonly limitSeconds: number; readonly proposals: readonly Proposal[] } | null> {
  if (state !== 'open') return null;
  const limitSeconds = (await secondPersonLimits(session, [{ id, bridgeId, facts }])).get(id);
  if (limitSeconds === undefined) return null;
  return { limitSeconds, proposals: await readProposals(session, [id]) };
}
