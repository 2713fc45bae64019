import { resolve } from 'node:path';
import { readEnvironment, splitList, type Environment } from './environment.js';
import { parseNamedKeys, type NamedKey } from './keys.js';
import { settings } from './settings.js';
import { temporalConfig, temporalSettings, type TemporalConfig } from './temporal.js';

export type ApiConfig = {
  readonly host: string;
  readonly port: number;
  /** The address under which people reach the pages, without a trailing slash. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** Seals credentials; the API cannot open them again. */
  readonly publicKey: NamedKey;
  /** The API's own secrets (webhook secrets, sessions), the newest first. */
  readonly apiKeys: readonly NamedKey[];
  /** A file with an API token that is an administrator's: made by `timebridge up` for this machine. */
  readonly adminTokenFile: string | undefined;
  /** Whether a connector may be at a loopback address: for the demo, where both systems run on this machine. */
  readonly allowLoopback: boolean;
  /** How long a decision can still be taken back. */
  readonly graceSeconds: number;
  /** Addresses and networks whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
};

/** What the API process needs. @throws EnvironmentError that lists every key that is missing or wrong. */
export function readApiConfig(source: Environment = process.env): ApiConfig {
  const env = readEnvironment(
    {
      ...temporalSettings,
      TIMEBRIDGE_HOST: settings.TIMEBRIDGE_HOST,
      TIMEBRIDGE_PORT: settings.TIMEBRIDGE_PORT,
      TIMEBRIDGE_PUBLIC_URL: settings.TIMEBRIDGE_PUBLIC_URL,
      TIMEBRIDGE_DATA: settings.TIMEBRIDGE_DATA,
      DATABASE_URL: settings.DATABASE_URL.required('must be set: the address of the PostgreSQL database'),
      TIMEBRIDGE_PUBLIC_KEY: settings.TIMEBRIDGE_PUBLIC_KEY.required(
        'must be set; "timebridge keys new" prints one',
      ),
      TIMEBRIDGE_API_KEYS: settings.TIMEBRIDGE_API_KEYS.required(
        'must be set; "timebridge keys new" prints one',
      ),
      TIMEBRIDGE_ADMIN_TOKEN_FILE: settings.TIMEBRIDGE_ADMIN_TOKEN_FILE,
      TIMEBRIDGE_ALLOW_LOOPBACK: settings.TIMEBRIDGE_ALLOW_LOOPBACK,
      TIMEBRIDGE_GRACE_SECONDS: settings.TIMEBRIDGE_GRACE_SECONDS,
      TIMEBRIDGE_TRUSTED_PROXIES: settings.TIMEBRIDGE_TRUSTED_PROXIES,
      TIMEBRIDGE_LOG_LEVEL: settings.TIMEBRIDGE_LOG_LEVEL,
    },
    source,
  );
  const [publicKey] = parseNamedKeys(env.TIMEBRIDGE_PUBLIC_KEY);
  if (!publicKey) throw new Error('TIMEBRIDGE_PUBLIC_KEY passed its check and holds no key');
  return {
    host: env.TIMEBRIDGE_HOST,
    port: env.TIMEBRIDGE_PORT,
    publicUrl: env.TIMEBRIDGE_PUBLIC_URL ?? `http://localhost:${env.TIMEBRIDGE_PORT}`,
    dataDir: resolve(env.TIMEBRIDGE_DATA),
    databaseUrl: env.DATABASE_URL,
    temporal: temporalConfig(env),
    publicKey,
    apiKeys: parseNamedKeys(env.TIMEBRIDGE_API_KEYS),
    adminTokenFile: env.TIMEBRIDGE_ADMIN_TOKEN_FILE,
    allowLoopback: env.TIMEBRIDGE_ALLOW_LOOPBACK,
    graceSeconds: env.TIMEBRIDGE_GRACE_SECONDS,
    trustedProxies: splitList(env.TIMEBRIDGE_TRUSTED_PROXIES),
    logLevel: env.TIMEBRIDGE_LOG_LEVEL,
  };
}
