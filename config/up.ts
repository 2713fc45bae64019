import { resolve } from 'node:path';
import { readEnvironment, type Environment } from './environment.js';
import { settings } from './settings.js';

export type UpConfig = {
  readonly dataDir: string;
  /** The API and the pages. */
  readonly port: number;
  readonly publicUrl: string;
  /** Somebody else's database or Temporal server; left out, an embedded one is started. */
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalUiUrl: string | undefined;
  readonly postgresPort: number;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  readonly workerPort: number;
  readonly zammadPort: number;
  readonly kimaiPort: number;
  /** Keys from outside win over the ones in the data folder. */
  readonly keysGiven: boolean;
};

/** What `timebridge up` needs. @throws EnvironmentError that lists every wrong key. */
export function readUpConfig(source: Environment = process.env): UpConfig {
  const env = readEnvironment(
    {
      TIMEBRIDGE_DATA: settings.TIMEBRIDGE_DATA,
      TIMEBRIDGE_PORT: settings.TIMEBRIDGE_PORT,
      TIMEBRIDGE_PUBLIC_URL: settings.TIMEBRIDGE_PUBLIC_URL,
      DATABASE_URL: settings.DATABASE_URL,
      TEMPORAL_ADDRESS: settings.TEMPORAL_ADDRESS,
      TEMPORAL_UI_URL: settings.TEMPORAL_UI_URL,
      TIMEBRIDGE_POSTGRES_PORT: settings.TIMEBRIDGE_POSTGRES_PORT,
      TIMEBRIDGE_TEMPORAL_PORT: settings.TIMEBRIDGE_TEMPORAL_PORT,
      TIMEBRIDGE_TEMPORAL_UI_PORT: settings.TIMEBRIDGE_TEMPORAL_UI_PORT,
      TIMEBRIDGE_WORKER_PORT: settings.TIMEBRIDGE_WORKER_PORT,
      TIMEBRIDGE_ZAMMAD_PORT: settings.TIMEBRIDGE_ZAMMAD_PORT,
      TIMEBRIDGE_KIMAI_PORT: settings.TIMEBRIDGE_KIMAI_PORT,
      TIMEBRIDGE_KEYS: settings.TIMEBRIDGE_KEYS,
    },
    source,
  );
  return {
    dataDir: resolve(env.TIMEBRIDGE_DATA),
    port: env.TIMEBRIDGE_PORT,
    publicUrl: env.TIMEBRIDGE_PUBLIC_URL ?? `http://localhost:${env.TIMEBRIDGE_PORT}`,
    databaseUrl: env.DATABASE_URL,
    temporalAddress: env.TEMPORAL_ADDRESS,
    temporalUiUrl: env.TEMPORAL_UI_URL,
    postgresPort: env.TIMEBRIDGE_POSTGRES_PORT,
    temporalPort: env.TIMEBRIDGE_TEMPORAL_PORT,
    temporalUiPort: env.TIMEBRIDGE_TEMPORAL_UI_PORT,
    workerPort: env.TIMEBRIDGE_WORKER_PORT,
    zammadPort: env.TIMEBRIDGE_ZAMMAD_PORT,
    kimaiPort: env.TIMEBRIDGE_KIMAI_PORT,
    keysGiven: env.TIMEBRIDGE_KEYS !== '',
  };
}
