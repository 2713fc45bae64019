import { SyncError } from '../domain/errors.js';
import type { InstallWebhook, WebhookInstalled } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { findingOf } from './health.js';

/**
 * Has the source call Timebridge at each change. With a token that an admin lends for this one call, or with the stored
 * one; what keeps it from working is an answer, and pauses nothing.
 */
export async function installWebhook(deps: ActivityDeps, input: InstallWebhook): Promise<WebhookInstalled> {
  const { connectorId, bridgeId, url } = input;
  try {
    const secret = await deps.connectors.openSealed(connectorId, input.sealedSecret);
    const source = await deps.connectors.sourceAs(connectorId, input.sealedToken);
    try {
      if (source.webhooks === undefined)
        throw new SyncError('record_refused', `${connectorId} has no webhooks`, { connectorId });
      const name = `Timebridge ${bridgeId}`;
      const note = `Timebridge, bridge ${bridgeId}: ${url}`.slice(0, MOST_NOTE);
      return { ok: true, action: await source.webhooks.install({ name, note, url, secret }) };
    } finally {
      await source.close();
    }
  } catch (error) {
    const isTaken = error instanceof SyncError && error.info.field === 'name';
    if (isTaken) return { ok: false, code: 'webhook_name_taken', facts: { name: `Timebridge ${bridgeId}` } };
    const { code, facts } = findingOf(error);
    return { ok: false, code, facts };
  }
}

/** Zammad's notes hold no more characters. */
const MOST_NOTE = 250;
