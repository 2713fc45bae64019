import { writeAudit } from '../../db/stores/audit.js';
import { dropPreviousSecret, replaceWebhookSecret } from '../../db/stores/bridges.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { webhookUrl } from './present-bridge.js';
import { rotateWebhookSecret } from './rotate-webhook-secret.contract.js';
import { drawWebhookSecret } from './webhook-secret.js';

export const rotateWebhookSecretEndpoint = endpoint(
  rotateWebhookSecret,
  async (deps, { params, body, actor }) => {
    const { bridgeId } = params;
    const secret = body.dropPrevious ? null : drawWebhookSecret();
    await inTransaction(deps.db, async (session) => {
      const done =
        secret === null
          ? await dropPreviousSecret(session, bridgeId)
          : await replaceWebhookSecret(session, bridgeId, deps.webhookSecrets.encrypt(secret, bridgeId));
      if (!done) throw notFound('bridge');
      const action = secret === null ? 'bridge.previous_secret_dropped' : 'bridge.webhook_secret_rotated';
      await writeAudit(session, [
        didBy(actor, { action, subject: { kind: 'bridge', id: bridgeId }, bridgeId }),
      ]);
      await notifyChange(session, 'bridges', [bridgeId]);
    });
    return { url: webhookUrl(deps.settings.publicUrl, bridgeId), secret };
  },
);
