import { notifyChange } from '../db/notify.js';
import { inTransaction } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { replaceSealedToken, sealedTokens, type SealedRow } from '../db/stores/tokens-sealed.js';
import type { Resealed } from './contract.js';
import type { ActivityDeps } from './deps.js';

/**
 * Rotation, online and as often as one likes: each token that an older key sealed is sealed with the newest one. A
 * token that was replaced meanwhile stays as it is; one that no key opens is named and left.
 */
export async function resealTokens(deps: ActivityDeps): Promise<Resealed> {
  const failed: string[] = [];
  let resealed = 0;
  let current = 0;
  for (const row of await sealedTokens({ db: deps.db, tx: null })) {
    const anew = await deps.connectors.reseal(row.sealed, {
      connectorId: row.connectorId,
      baseUrl: row.baseUrl,
    });
    if (anew.kind === 'current') current += 1;
    else if (anew.kind === 'failed') failed.push(row.connectorId);
    else if (await replace(deps, row, anew)) resealed += 1;
  }
  return { resealed, current, failed };
}

const replace = (
  deps: ActivityDeps,
  row: SealedRow,
  anew: { readonly sealed: string; readonly keyId: string },
): Promise<boolean> =>
  inTransaction(deps.db, async (session) => {
    if (!(await replaceSealedToken(session, row, anew))) return false;
    await writeAudit(session, [
      {
        bridgeId: null,
        runId: null,
        actor: { kind: 'system', id: null },
        action: 'connector.token_resealed',
        subject: { kind: 'connector', id: row.connectorId },
        version: null,
        details: { keyId: anew.keyId },
      },
    ]);
    await notifyChange(session, 'connectors', [row.connectorId]);
    return true;
  });
