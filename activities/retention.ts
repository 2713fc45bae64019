import { inTransaction } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { forgetPage } from '../db/stores/retention.js';
import type { ActivityDeps } from './deps.js';

const ROWS_A_PAGE = 5_000;

/** Forgets a page of what is past its time, and records how much that was. `more` asks for another call. */
export const forgetOld = (deps: ActivityDeps): Promise<{ readonly more: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const { forgotten, more } = await forgetPage(session, deps.retention, ROWS_A_PAGE);
    if (Object.values(forgotten).some((count) => count > 0))
      await writeAudit(session, [
        {
          bridgeId: null,
          runId: null,
          actor: { kind: 'system', id: null },
          action: 'retention.applied',
          subject: { kind: 'installation', id: 'retention' },
          version: null,
          details: forgotten,
        },
      ]);
    return { more };
  });
