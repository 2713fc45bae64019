import { row, type Session } from '../sql.js';

/**
 * Whether a bridge has nothing on its way: no write that is planned, held, or without its answer, and no case whose
 * process is not started or has not heard that its row moved.
 */
export async function isIdle(session: Session, bridgeId: string): Promise<boolean> {
  const found = await row<{ idle: boolean }>(
    session,
    `select not exists (select 1 from ledger where bridge_id = $1 and state in ('planned', 'held', 'claimed', 'sent'))
       and not exists (select 1 from conflicts where bridge_id = $1 and state <> 'closed' and workflow_started_at is null)
       and not exists (select 1 from conflicts where bridge_id = $1 and untold_since is not null) as idle`,
    [bridgeId],
  );
  return found?.idle === true;
}
