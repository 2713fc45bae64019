import { resolve } from 'node:path';
import { alertsConfig, alertSettings, type AlertsConfig } from './alerts.js';
import { readEnvironment, type Environment } from './environment.js';
import { parseNamedKeys, type NamedKey } from './keys.js';
import { settings } from './settings.js';
import { temporalConfig, temporalSettings, type TemporalConfig } from './temporal.js';

export type WorkerConfig = {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** X25519 private keys that open credentials, the newest first; older ones stay until all rows are sealed anew. */
  readonly keys: readonly NamedKey[];
  /** Where links in summaries and mails lead, without a trailing slash. */
  readonly publicUrl: string;
  readonly allowLoopback: boolean;
  /** The proxies through which https and http systems are reached, and the hosts that are reached without. */
  readonly proxies: EnvironmentProxies;
  readonly graceSeconds: number;
  /** How long a write whose answer was lost is looked for before it may be written again. */
  readonly unknownWaitSeconds: number;
  /** Health and metrics, on the loopback address unless TIMEBRIDGE_HOST says otherwise. */
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly alerts: AlertsConfig;
  /** Days after which traces, and personal values of the audit trail, are forgotten. */
  readonly retention: { readonly traceDays: number; readonly detailDays: number };
};

export type EnvironmentProxies = {
  readonly https: string | undefined;
  readonly http: string | undefined;
  readonly except: string;
};

/** Their usual names; in lower case too, as most programs read them. */
const withLowerCase = (source: Environment): Environment => ({
  ...source,
  HTTPS_PROXY: source['https_proxy'] ?? source['HTTPS_PROXY'],
  HTTP_PROXY: source['http_proxy'] ?? source['HTTP_PROXY'],
  NO_PROXY: source['no_proxy'] ?? source['NO_PROXY'],
});

/** What the worker process needs. @throws EnvironmentError that lists every key that is missing or wrong. */
export function readWorkerConfig(source: Environment = process.env): WorkerConfig {
  const env = readEnvironment(
    {
      ...temporalSettings,
      ...alertSettings,
      TIMEBRIDGE_HOST: settings.TIMEBRIDGE_HOST,
      TIMEBRIDGE_WORKER_PORT: settings.TIMEBRIDGE_WORKER_PORT,
      TIMEBRIDGE_PORT: settings.TIMEBRIDGE_PORT,
      TIMEBRIDGE_PUBLIC_URL: settings.TIMEBRIDGE_PUBLIC_URL,
      TIMEBRIDGE_DATA: settings.TIMEBRIDGE_DATA,
      DATABASE_URL: settings.DATABASE_URL.required('must be set: the address of the PostgreSQL database'),
      TIMEBRIDGE_KEYS: settings.TIMEBRIDGE_KEYS.required('must be set; "timebridge keys new" prints one'),
      TIMEBRIDGE_ALLOW_LOOPBACK: settings.TIMEBRIDGE_ALLOW_LOOPBACK,
      HTTPS_PROXY: settings.HTTPS_PROXY,
      HTTP_PROXY: settings.HTTP_PROXY,
      NO_PROXY: settings.NO_PROXY,
      TIMEBRIDGE_GRACE_SECONDS: settings.TIMEBRIDGE_GRACE_SECONDS,
      TIMEBRIDGE_UNKNOWN_WAIT_SECONDS: settings.TIMEBRIDGE_UNKNOWN_WAIT_SECONDS,
      TIMEBRIDGE_KEEP_TRACE_DAYS: settings.TIMEBRIDGE_KEEP_TRACE_DAYS,
      TIMEBRIDGE_KEEP_DETAIL_DAYS: settings.TIMEBRIDGE_KEEP_DETAIL_DAYS,
      TIMEBRIDGE_LOG_LEVEL: settings.TIMEBRIDGE_LOG_LEVEL,
    },
    withLowerCase(source),
  );
  return {
    dataDir: resolve(env.TIMEBRIDGE_DATA),
    databaseUrl: env.DATABASE_URL,
    temporal: temporalConfig(env),
    keys: parseNamedKeys(env.TIMEBRIDGE_KEYS),
    publicUrl: env.TIMEBRIDGE_PUBLIC_URL ?? `http://localhost:${env.TIMEBRIDGE_PORT}`,
    allowLoopback: env.TIMEBRIDGE_ALLOW_LOOPBACK,
    proxies: { https: env.HTTPS_PROXY, http: env.HTTP_PROXY, except: env.NO_PROXY },
    graceSeconds: env.TIMEBRIDGE_GRACE_SECONDS,
    unknownWaitSeconds: env.TIMEBRIDGE_UNKNOWN_WAIT_SECONDS,
    host: env.TIMEBRIDGE_HOST,
    port: env.TIMEBRIDGE_WORKER_PORT,
    logLevel: env.TIMEBRIDGE_LOG_LEVEL,
    alerts: alertsConfig(env),
    retention: { traceDays: env.TIMEBRIDGE_KEEP_TRACE_DAYS, detailDays: env.TIMEBRIDGE_KEEP_DETAIL_DAYS },
  };
}
