import { roundingAfterWrite } from '../domain/rounding.js';
import type { Timesheet } from '../domain/timesheet.js';
import type { Session } from '../db/sql.js';
import type { BridgeContext } from '../db/stores/bridge-rules.js';
import type { WriteStep } from '../db/stores/ledger.js';
import { readTied, storeAgreement, tieRow, untieRow } from '../db/stores/links.js';

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
  const accepted = step.kind === 'update' ? step.acceptedSeconds : tied.acceptedSeconds;
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
      members: step.members.reduce((sum, member) => sum + member.signedSeconds, 0),
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
