import type { Sequelize } from 'sequelize';
import type { AccessTokens } from './auth/access-tokens.js';
import type { Cookies } from './auth/cookies.js';
import type { LoginThrottle } from './auth/login-throttle.js';
import type { Passwords } from './auth/passwords.js';
import type { EventHub } from './events/event-hub.js';
import type { Log } from './http/log.js';
import type { Metrics } from './system/metrics.js';
import type { TemporalGateway } from './temporal-gateway.js';

/** Seals a connector's token for its address, so that only the worker can open it; `keyId` names the key. */
export type SealToken = (
  token: string,
  binding: { readonly connectorId: string; readonly baseUrl: string },
) => Promise<{ readonly sealed: string; readonly keyId: string }>;

/** Webhook secrets, which the API itself must read to check signatures: encrypted with a key of the API. */
export type WebhookSecrets = {
  encrypt(secret: string, bridgeId: string): string;
  /** @throws when no key of the API fits */
  decrypt(stored: string, bridgeId: string): string;
  /** Whether the newest key encrypted it. */
  isCurrent(stored: string): boolean;
};

export type ApiSettings = {
  /** Under which people reach the pages, without a trailing slash. */
  readonly publicUrl: string;
  /** Temporal's own pages; null when none are known. */
  readonly temporalUiUrl: string | null;
  readonly temporalNamespace: string;
  /** Whether systems may lie at loopback addresses. */
  readonly allowLoopback: boolean;
  readonly trustedProxies: readonly string[];
  readonly version: string;
  /** The built pages; null serves the API alone. */
  readonly webDir: string | null;
};

/** All that endpoints use; made once in `main.ts`, and by tests with a gateway of their own. */
export type ApiDeps = {
  readonly db: Sequelize;
  readonly gateway: TemporalGateway;
  readonly settings: ApiSettings;
  readonly log: Log;
  readonly accessTokens: AccessTokens;
  readonly cookies: Cookies;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly sealToken: SealToken;
  readonly webhookSecrets: WebhookSecrets;
  readonly hub: EventHub;
  readonly metrics: Metrics;
};
