import { join } from 'node:path';
import type { UpConfig } from '../../config/up.js';
import { entryPoint } from '../../stack/entry-point.js';
import type { Unit } from '../../stack/unit.js';
import type { Installation } from '../installation.js';

/** Where the parts of a running installation are reached. */
export type Addresses = {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | undefined;
};

/** PostgreSQL stops its own server within 20 s; whoever stops it must wait longer. */
const POSTGRES_STOP_MS = 25_000;

export function postgresUnit(config: UpConfig, installation: Installation): Unit {
  const dir = join(installation.dataDir, 'postgres');
  return {
    name: 'postgres',
    args: [...entryPoint('stack'), 'postgres', '--dir', dir, '--port', String(config.postgresPort)],
    env: { PGPASSWORD: installation.databasePassword },
    ready: /^postgres ready\b/,
    stopWithinMs: POSTGRES_STOP_MS,
  };
}

export function temporalUnit(config: UpConfig, installation: Installation, executable: string): Unit {
  const ports = ['--port', String(config.temporalPort), '--ui-port', String(config.temporalUiPort)];
  const files = ['--dir', join(installation.dataDir, 'temporal'), '--executable', executable];
  return {
    name: 'temporal',
    args: [...entryPoint('stack'), 'temporal', ...ports, ...files],
    ready: /^temporal ready\b/,
    stopWithinMs: 15_000,
  };
}

/** The demo's Zammad and Kimai; their world lies in the data folder too. */
export function simulatorsUnit(config: UpConfig, installation: Installation): Unit {
  const ports = ['--zammad', String(config.zammadPort), '--kimai', String(config.kimaiPort)];
  const data = ['--data', join(installation.dataDir, 'simulators')];
  return {
    name: 'simulators',
    args: [...entryPoint('simulators'), '--world', 'demo', ...ports, ...data],
    env: { TIMEBRIDGE_PUBLIC_URL: config.publicUrl },
    ready: /^simulators ready\b/,
  };
}

export function workerUnit(config: UpConfig, installation: Installation, addresses: Addresses): Unit {
  return {
    name: 'worker',
    args: entryPoint('worker'),
    env: {
      ...commonEnvironment(config, installation, addresses),
      ...(!config.keysGiven && { TIMEBRIDGE_KEYS: installation.keys.TIMEBRIDGE_KEYS }),
      TIMEBRIDGE_WORKER_PORT: String(config.workerPort),
    },
    ready: /\bworker ready\b/,
    stopWithinMs: 20_000,
  };
}

/** The API never sees the private keys, not even when they are set where everything is started. */
export function apiUnit(config: UpConfig, installation: Installation, addresses: Addresses): Unit {
  const { TIMEBRIDGE_PUBLIC_KEY, TIMEBRIDGE_API_KEYS } = installation.keys;
  return {
    name: 'api',
    args: entryPoint('api'),
    env: {
      ...commonEnvironment(config, installation, addresses),
      ...(!config.keysGiven && { TIMEBRIDGE_PUBLIC_KEY, TIMEBRIDGE_API_KEYS }),
      TIMEBRIDGE_KEYS: '',
      TIMEBRIDGE_ADMIN_TOKEN_FILE: installation.adminTokenFile,
    },
    ready: /\bapi ready\b/,
  };
}

function commonEnvironment(config: UpConfig, installation: Installation, addresses: Addresses) {
  return {
    TIMEBRIDGE_DATA: installation.dataDir,
    TIMEBRIDGE_PORT: String(config.port),
    TIMEBRIDGE_PUBLIC_URL: config.publicUrl,
    DATABASE_URL: addresses.databaseUrl,
    TEMPORAL_ADDRESS: addresses.temporalAddress,
    ...(addresses.temporalUiUrl && { TEMPORAL_UI_URL: addresses.temporalUiUrl }),
    ...(installation.demo && { TIMEBRIDGE_ALLOW_LOOPBACK: 'true' }),
  };
}
