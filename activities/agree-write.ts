import { sumOf } from '../domain/netting.js';
import { roundingAfterWrite } from '../domain/rounding.js';
import type { Timesheet } from '../domain/timesheet.js';
import type { Session } from '../db/sql.js';
import type { BridgeContext } from '../db/stores/bridge-rules.js';
import type { WriteStep } from '../db/stores/ledger.js';
import { readTied, storeAgreement, tieRow, untieRow, type Tied } from '../db/stores/links.js';

/** What a finished write means for its link: the record as the target returned it is the new target base. */
export async function agreeWrite(
  session: Session,
  context: BridgeContext,
  step: WriteStep,
  record: Timesheet | null,
): Promise<void> {
  const { bridgeId } = context.rules;
  const tied = await readTied(session, bridgeId, step.leadId);
  const touchedId = step.kind === 'create' ? null : step.row.externalId;
  const accepted = acceptedAfter(step, tied);
  const linkId = await storeAgreement(session, {
    bridgeId,
    targetConnectorId: context.targetConnectorId,
    leadId: step.leadId,
    sourceBase: step.sourceBase,
    members: step.members,
    acceptedSeconds: accepted,
    roundingSeconds: roundingAfterWrite({
      sent: step.kind === 'delete' ? 0 : step.desired.seconds,
      returned: record?.seconds ?? 0,
      otherRows: tied.rows
        .filter((row) => row.externalId !== touchedId)
        .reduce((sum, row) => sum + row.seconds, 0),
      members: sumOf(step.members),
      accepted,
      before: tied.roundingSeconds,
    }),
    closed: step.kind === 'delete' && step.closes,
  });
  if (record === null) {
    if (touchedId !== null) await untieRow(session, context.targetConnectorId, touchedId);
    return;
  }
  const known = tied.rows.find((row) => row.externalId === record.externalId);
  await tieRow(
    session,
    { id: linkId, targetConnectorId: context.targetConnectorId },
    {
      record,
      role: step.kind === 'create' ? step.role : (known?.role ?? 'main'),
      sequence: step.kind === 'create' ? step.sequence : (known?.sequence ?? 1),
    },
  );
}

/** What people accepted goes with the last row of an entry without time: there is nothing left to differ. */
function acceptedAfter(step: WriteStep, tied: Tied): number {
  if (step.kind !== 'delete') return step.acceptedSeconds;
  const isLast = tied.rows.every((row) => row.externalId === step.row.externalId);
  return isLast && sumOf(step.members) === 0 ? 0 : tied.acceptedSeconds;
}
