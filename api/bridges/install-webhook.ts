import { notifyChange } from '../../db/notify.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { writeAudit } from '../../db/stores/audit.js';
import { findBridge, replaceWebhookSecret, webhookSecretsOf } from '../../db/stores/bridges.js';
import { findConnector } from '../../db/stores/connectors.js';
import { didBy } from '../audit-record.js';
import { sealedTokenOf } from '../connectors/sealed-token.js';
import type { ApiDeps } from '../deps.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { installWebhook } from './install-webhook.contract.js';
import { webhookUrl } from './present-bridge.js';
import { drawWebhookSecret } from './webhook-secret.js';

export const installWebhookEndpoint = endpoint(installWebhook, async (deps, { params, body, actor }) => {
  const { bridgeId } = params;
  const session = { db: deps.db, tx: null };
  const bridge = await findBridge(session, bridgeId);
  const source = bridge && (await findConnector(session, bridge.source.id));
  if (!source) throw notFound('bridge');
  const binding = { connectorId: source.id, baseUrl: source.baseUrl };
  const secret = await secretOf(deps, session, bridgeId);
  const url = webhookUrl(deps.settings.publicUrl, bridgeId);
  const token = body.token === undefined ? null : await sealedTokenOf(deps, body.token, binding);
  const installed = await orUnavailable(
    deps.gateway.installWebhook({
      ...{ bridgeId, connectorId: source.id, url },
      sealedSecret: (await deps.sealToken(secret, binding)).sealed,
      sealedToken: token?.sealed ?? null,
    }),
  );
  if (!installed.ok)
    return {
      action: null,
      finding: { code: installed.code, facts: { system: source.name, ...installed.facts } },
      url,
    };
  const { action } = installed;
  await inTransaction(deps.db, async (tx) => {
    const subject = { kind: 'bridge', id: bridgeId };
    const details = { action, url };
    await writeAudit(tx, [didBy(actor, { action: 'bridge.webhook_installed', subject, bridgeId, details })]);
    await notifyChange(tx, 'bridges', [bridgeId]);
  });
  return { action, finding: null, url };
});

/** The secret in use, so that what calls with it already goes on; a bridge without one gets one. */
async function secretOf(deps: ApiDeps, session: Session, bridgeId: string): Promise<string> {
  const [stored] = (await webhookSecretsOf(session, bridgeId)) ?? [];
  if (stored !== undefined) return deps.webhookSecrets.decrypt(stored, bridgeId);
  const drawn = drawWebhookSecret();
  await replaceWebhookSecret(session, bridgeId, deps.webhookSecrets.encrypt(drawn, bridgeId));
  return drawn;
}
