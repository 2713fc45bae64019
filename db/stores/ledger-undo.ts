import type { Timesheet } from '../../domain/timesheet.js';
import { rows, type Session } from '../sql.js';
import type { Intent, LedgerRow } from './ledger.js';

/** A write that takes an earlier one back. */
export type UndoWrite = {
  readonly rowId: string;
  readonly operation: LedgerRow['operation'];
  readonly state: LedgerRow['state'];
  /** The row as it was before the taking back. */
  readonly row: Timesheet;
  readonly answer: Timesheet | null;
  /** Code of a refusal or of what was in the way. */
  readonly why: string | null;
};

export type UndoIntent = {
  /** The row it is about; a deleted one's old id. */
  readonly rowId: string;
  readonly row: Timesheet;
  readonly userId: string;
  readonly intent: Intent;
};

/** Writes down what shall be written back, beside what runs plan: those never replace or drop it. */
export async function planUndoIntents(
  session: Session,
  undo: { readonly undoId: string; readonly bridgeId: string; readonly targetConnectorId: string },
  intents: readonly UndoIntent[],
): Promise<void> {
  if (intents.length === 0) return;
  await rows(
    session,
    `insert into ledger (bridge_id, target_connector_id, state, undo_id, intent_key, operation, lead_entry_id, external_id,
       marker, target_user_id, step, cause, before)
     select $1, $2, 'planned', $3, * from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[],
       $10::jsonb[], $11::jsonb[], $12::jsonb[])
     on conflict (bridge_id, intent_key) where state in ('planned', 'held', 'claimed', 'sent') do nothing returning 1`,
    [
      undo.bridgeId,
      undo.targetConnectorId,
      undo.undoId,
      intents.map(({ intent, rowId }) => `undo/${intent.step.leadId}/${rowId}`),
      intents.map(({ intent }) => intent.step.kind),
      intents.map(({ intent }) => intent.step.leadId),
      intents.map(({ rowId }) => rowId),
      intents.map(({ intent: { step } }) => (step.kind === 'create' ? step.marker : null)),
      intents.map(({ userId }) => userId),
      intents.map(({ intent }) => JSON.stringify(intent)),
      intents.map(({ intent }) => JSON.stringify(intent.step.by)),
      intents.map(({ row }) => JSON.stringify(row)),
    ],
  );
}

/** All writes of an undoing about one lead, oldest first. */
export const undoWritesOf = (session: Session, undoId: string, leadId: string): Promise<UndoWrite[]> =>
  rows<UndoWrite>(
    session,
    `select split_part(intent_key, '/', 3) as "rowId", operation, state, before as row,
       case when state = 'done' then nullif(answer, 'null'::jsonb) end as answer,
       case when state in ('dropped', 'refused') then answer ->> 'code' end as why
     from ledger where undo_id = $1 and lead_entry_id = $2 order by id`,
    [undoId, leadId],
  );
