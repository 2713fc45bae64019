import type { Sequelize } from 'sequelize';
import type { NamedKey } from '../config/keys.js';
import { liveSessions } from '../db/stores/sessions.js';
import { sealedKeyId, sealToken } from '../secrets/seal.js';
import { decryptWebhookSecret, encryptWebhookSecret, webhookSecretKeyId } from '../secrets/webhook-secret.js';
import { createAccessTokens } from './auth/access-tokens.js';
import { createCookies } from './auth/cookies.js';
import { createLoginThrottle } from './auth/login-throttle.js';
import { createPasswords } from './auth/passwords.js';
import type { ApiDeps, ApiSettings, SealToken, WebhookSecrets } from './deps.js';
import { EventHub } from './events/event-hub.js';
import type { Log } from './http/log.js';
import { createMetrics } from './system/metrics.js';
import type { TemporalGateway } from './temporal-gateway.js';

export type Parts = {
  readonly db: Sequelize;
  readonly databaseUrl: string;
  readonly gateway: TemporalGateway;
  readonly settings: ApiSettings;
  readonly log: Log;
  readonly publicKey: NamedKey;
  readonly apiKeys: readonly NamedKey[];
};

/** Puts together what endpoints use. */
export async function createDeps({ db, databaseUrl, publicKey, apiKeys, ...rest }: Parts): Promise<ApiDeps> {
  return {
    ...rest,
    db,
    accessTokens: createAccessTokens(apiKeys),
    cookies: createCookies(rest.settings.publicUrl),
    passwords: await createPasswords(),
    throttle: createLoginThrottle(),
    sealToken: sealWith(publicKey),
    webhookSecrets: webhookSecretsWith(apiKeys),
    hub: new EventHub(databaseUrl, (ids) => liveSessions({ db, tx: null }, ids)),
    metrics: createMetrics(),
  };
}

const sealWith =
  (publicKey: NamedKey): SealToken =>
  async (token, binding) => {
    const sealed = await sealToken(publicKey, token, binding);
    return { sealed, keyId: sealedKeyId(sealed) ?? publicKey.id };
  };

/** Encrypts with the newest key and reads with all. */
function webhookSecretsWith(keys: readonly NamedKey[]): WebhookSecrets {
  const [newest] = keys;
  if (!newest) throw new Error('The API needs at least one key; "timebridge keys new" prints one');
  return {
    encrypt: (secret, bridgeId) => encryptWebhookSecret(newest, secret, bridgeId),
    decrypt: (stored, bridgeId) => decryptWebhookSecret(keys, stored, bridgeId),
    isCurrent: (stored) => webhookSecretKeyId(stored) === newest.id,
  };
}
