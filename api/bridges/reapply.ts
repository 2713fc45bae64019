import { writeAudit } from '../../db/stores/audit.js';
import { markReapplied } from '../../db/stores/bridge-entries.js';
import { findBridge } from '../../db/stores/bridges.js';
import { findPreview } from '../../db/stores/previews.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { reapply } from './reapply.contract.js';

export const reapplyEndpoint = endpoint(reapply, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    const { bridgeId } = params;
    if (!(await findBridge(session, bridgeId, true))) throw notFound('bridge');
    const preview = await findPreview(session, bridgeId);
    const isSeen = preview?.previewId === body.previewId && preview.reapply && preview.state === 'done';
    if (!isSeen) {
      throw new Problem(409, 'preview-needed', 'Preview the re-applying first, and name that preview', {
        field: 'previewId',
      });
    }
    const entries = await markReapplied(session, bridgeId);
    const subject = { kind: 'bridge', id: bridgeId };
    const details = { previewId: body.previewId, entries };
    await writeAudit(session, [didBy(actor, { action: 'bridge.reapplied', subject, bridgeId, details })]);
    await notifyChange(session, 'bridges', [bridgeId]);
    return { entries };
  }),
);
