import type { BridgeMode } from '../../domain/policies.js';
import { row, type Session } from '../../db/sql.js';
import { Problem } from '../http/problem.js';

type Pair = {
  readonly id: string;
  readonly mode: BridgeMode;
  readonly sourceConnectorId: string;
  readonly targetConnectorId: string;
};

/**
 * Two bridges that write from one source to one target would book each entry twice, each with a marker of its own: one
 * of them may be live (docs/decisions/0016). Call it in the transaction that stores the mode: the target is held until
 * then. @throws Problem 409 that names the other bridge
 */
export async function assertOneWriter(session: Session, pair: Pair): Promise<void> {
  if (pair.mode !== 'live') return;
  await row(session, 'select id from connectors where id = $1 for update', [pair.targetConnectorId]);
  const other = await row<{ id: string; name: string }>(
    session,
    `select id, name from bridges where mode = 'live' and source_connector_id = $1 and target_connector_id = $2 and id <> $3
     order by id limit 1`,
    [pair.sourceConnectorId, pair.targetConnectorId, pair.id],
  );
  if (other === undefined) return;
  throw new Problem(
    409,
    'other-bridge-writes',
    `The bridge "${other.name}" (${other.id}) already writes from this source to this target. Two live bridges would book every entry twice: set the other one to shadow or off first`,
    { field: 'mode' },
  );
}
