import { row, type Session } from '../sql.js';

/** Links of a bridge that are not closed: what the guards measure deletions and updates against. */
export async function countLinks(session: Session, bridgeId: string): Promise<number> {
  const found = await row<{ links: string }>(
    session,
    'select count(*) as links from links where bridge_id = $1 and not closed',
    [bridgeId],
  );
  return Number(found?.links ?? 0);
}
