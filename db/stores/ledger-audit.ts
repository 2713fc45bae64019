import { rows, type Session } from '../sql.js';

/** A write that ended and stands in no audit record yet. */
export type EndedWrite = {
  readonly ledgerId: string;
  readonly operation: 'create' | 'update' | 'delete' | 'provision';
  readonly state: 'done' | 'refused' | 'dropped';
  /** SHA-256, in hex, of what was to be sent and what came back, as they stand in the ledger. */
  readonly digest: string;
  readonly runId: string | null;
  readonly decisionId: string | null;
  readonly undoId: string | null;
};

const ROWS_A_RECORD = 2_000;

/** Writes of the bridge that no audit record covers, marked as covered in this transaction: each is taken once. */
export const takeUnaudited = (session: Session, bridgeId: string): Promise<EndedWrite[]> =>
  rows<EndedWrite>(
    session,
    `update ledger l set audited_at = now()
     where l.id in (select id from ledger where bridge_id = $1 and audited_at is null
       and state in ('done', 'refused', 'dropped') order by id limit $2 for update skip locked)
     returning l.id as "ledgerId", l.operation, l.state, l.run_id as "runId", l.decision_id as "decisionId", l.undo_id as "undoId",
       encode(sha256(convert_to(jsonb_build_array(l.step -> 'step', l.answer)::text, 'UTF8')), 'hex') as digest`,
    [bridgeId, ROWS_A_RECORD],
  );
