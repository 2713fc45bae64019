import { reason } from '../../domain/reason.js';
import { affected, rows, type Session } from '../sql.js';

/** A paused bridge of this cause goes on once the risk is accepted and a day is closed. */
export const RISK_OPEN = 'token_risk_open';

/** The bridge writes nothing until an admin has accepted what its token could do; one that is paused keeps its cause. */
export const stopForRisk = (session: Session, bridgeId: string): Promise<number> =>
  affected(
    session,
    `update bridges set paused_cause = $2::jsonb, updated_at = now()
     where id = $1 and paused_cause is null returning 1`,
    [bridgeId, JSON.stringify(reason(RISK_OPEN))],
  );

/** A run found a token of too much power; that it has less than before only a full test can find out. */
export async function notePower(session: Session, connectorId: string): Promise<void> {
  await rows(
    session,
    `update connectors set capabilities = capabilities || '{"powerful": true}', updated_at = now()
     where id = $1 and capabilities ->> 'powerful' is distinct from 'true' returning 1`,
    [connectorId],
  );
}

/** Another token: what was accepted for the one before does not count for it. */
export async function forgetAcceptedRisk(session: Session, connectorId: string): Promise<void> {
  await rows(
    session,
    `update bridges set token_risk = null, updated_at = now()
     where target_connector_id = $1 and token_risk is not null returning 1`,
    [connectorId],
  );
}
