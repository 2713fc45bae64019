import { writeAudit } from '../../db/stores/audit.js';
import { confirmFirstRun as confirm, markOpenEntriesDirty } from '../../db/stores/bridges.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import type { Actor } from '../auth/actor.js';
import { mayActAs } from '../auth/authorize.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../http/problem.js';

/**
 * An admin's yes to the first run: entries older than 35 days are no longer asked for their age. The decision stands
 * in the audit trail; a bridge that was confirmed stays as it is. @throws Problem 403 below admin
 */
export async function confirmFirstRun(
  { db }: Pick<ApiDeps, 'db'>,
  bridgeId: string,
  actor: Actor,
): Promise<void> {
  if (!mayActAs(actor.role, 'admin')) {
    throw new Problem(403, 'role-too-low', 'Confirming the first run needs the role admin', {
      needs: 'admin',
    });
  }
  await inTransaction(db, async (session) => {
    if (!(await confirm(session, bridgeId))) return;
    await markOpenEntriesDirty(session, bridgeId);
    const subject = { kind: 'bridge', id: bridgeId };
    await writeAudit(session, [didBy(actor, { action: 'bridge.first_run_confirmed', subject, bridgeId })]);
    await notifyChange(session, 'bridges', [bridgeId]);
  });
}
