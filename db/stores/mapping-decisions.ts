import type { GapKind } from '../../domain/conflict.js';
import { rows, type Session } from '../sql.js';

const TABLES: Readonly<Record<GapKind, string>> = {
  unmapped_activity: 'activity_mappings',
  unmapped_user: 'user_mappings',
  unmapped_customer: 'customer_mappings',
};

/** A mapping that closes a gap; no target means *ignore now and later*. */
export async function storeMapping(
  session: Session,
  bridgeId: string,
  gap: GapKind,
  key: string,
  targetId: string | null,
  decidedBy: string,
): Promise<void> {
  await rows(
    session,
    `insert into ${TABLES[gap]} (bridge_id, source_id, target_id, ignored, decided_by) values ($1, $2, $3::text, $3::text is null, $4)
     on conflict (bridge_id, source_id) do update set target_id = excluded.target_id, ignored = excluded.ignored,
       decided_by = excluded.decided_by, updated_at = now() returning 1`,
    [bridgeId, key, targetId, decidedBy],
  );
}
