import type { ConflictKind } from '../../domain/conflict.js';
import { rows, type Session } from '../sql.js';

/** `is_new`: open and in sight, as every case is when it comes up. */
export type ConflictToStart = {
  readonly id: string;
  readonly kind: ConflictKind;
  readonly ticket_id: string | null;
  readonly ticket_number: string | null;
  readonly is_new: boolean;
};

const IS_NEW = `state = 'open' and snoozed_until is null and not snoozed_until_change`;

/** Open cases whose process was not started yet. */
export const conflictsToStart = (session: Session, bridgeId: string, limit: number) =>
  rows<ConflictToStart>(
    session,
    `select id, kind, ticket_id, ticket_number, ${IS_NEW} as is_new from conflicts
     where bridge_id = $1 and state <> 'closed' and workflow_started_at is null order by id limit $2`,
    [bridgeId, limit],
  );

/** Processes were started for these cases. @returns those whose rows are not as a new case's: their processes have to be told. */
export async function noteStarted(session: Session, ids: readonly string[]): Promise<readonly string[]> {
  const noted = await rows<{ id: string; is_new: boolean }>(
    session,
    `update conflicts set workflow_started_at = now(), untold_since = case when ${IS_NEW} then untold_since else now() end
     where id = any($1::bigint[]) returning id, ${IS_NEW} as is_new`,
    [[...ids]],
  );
  return noted.flatMap(({ id, is_new }) => (is_new ? [] : [id]));
}
