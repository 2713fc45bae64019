import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sequelize } from 'sequelize';
import { connectApi, type ApiClient } from '../../cli/client.js';
import { openInstallation } from '../../cli/installation.js';
import { embeddedUrl } from '../../cli/up/start-stack.js';
import { readCliConfig } from '../../config/cli.js';
import { readUpConfig, type UpConfig } from '../../config/up.js';
import { connectDatabase } from '../../db/connection.js';
import { rows } from '../../db/sql.js';
import { freePort } from '../../stack/ports.js';
import { connectTemporal, type Temporal } from '../../temporal/connect.js';
import { startProgram } from '../../tests/kit/program.js';
import { meter, type UsageOf } from './usage.js';

/** An installation as `npm start` makes it, all of it embedded and durable, on a folder and ports of its own. */
export type Installation = {
  readonly config: UpConfig;
  readonly api: ApiClient;
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly db: Sequelize;
  readonly temporal: Temporal;
  /** The one number that a query counts. */
  count(sql: string, bind?: readonly unknown[]): Promise<number>;
  /** Begins to measure its processes; the returned function tells what they cost since. */
  meter(): () => UsageOf;
  stop(): Promise<void>;
};

/** The time in which a decision can be taken back; the default of 10 s would only be waited for. */
export const GRACE_SECONDS = 3;

const PORTS = [
  'TIMEBRIDGE_PORT',
  'TIMEBRIDGE_WORKER_PORT',
  'TIMEBRIDGE_POSTGRES_PORT',
  'TIMEBRIDGE_TEMPORAL_PORT',
  'TIMEBRIDGE_TEMPORAL_UI_PORT',
] as const;

/** A folder that PostgreSQL's own user can pass, and the environment of an installation in it. */
export async function newPlace(): Promise<{ readonly folder: string; readonly env: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-bench-'));
  chmodSync(folder, 0o755);
  const ports: [string, string][] = [];
  for (const name of PORTS) ports.push([name, String(await freePort())]);
  const env = {
    ...Object.fromEntries(ports),
    TIMEBRIDGE_DATA: join(folder, 'data'),
    TIMEBRIDGE_ALLOW_LOOPBACK: 'true',
    TIMEBRIDGE_GRACE_SECONDS: String(GRACE_SECONDS),
    TIMEBRIDGE_LOG_LEVEL: 'warn',
  };
  return { folder, env };
}

export async function startInstallation(): Promise<Installation> {
  const { folder, env } = await newPlace();
  const program = startProgram(['scripts/timebridge.mjs', 'up', '--no-demo'], env);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const abandon = (): void => void program.child.kill('SIGTERM'); // whoever ends the bench leaves nothing behind
  process.once('exit', abandon);
  try {
    await program.line(/Ctrl-C stops everything/);
  } catch (cause) {
    remove();
    throw cause;
  }
  const config = readUpConfig({ ...process.env, ...env });
  const databaseUrl = embeddedUrl(config, openInstallation(config.dataDir, false));
  const db = connectDatabase(databaseUrl, 'bench', 4);
  const temporal = connectTemporal({
    ...{ address: `127.0.0.1:${config.temporalPort}`, namespace: 'default', taskQueue: 'timebridge' },
  });
  const apiUrl = `http://127.0.0.1:${config.port}`;
  return {
    ...{ config, apiUrl, databaseUrl, db, temporal },
    api: connectApi(readCliConfig({ TIMEBRIDGE_DATA: config.dataDir, TIMEBRIDGE_URL: apiUrl })),
    count: async (sql, bind = []) =>
      Number(Object.values((await rows({ db, tx: null }, sql, bind))[0] ?? {})[0] ?? 0),
    meter: () => meter(program.pid),
    stop: async () => {
      await Promise.all([db.close(), temporal.close()]);
      program.child.kill('SIGTERM');
      await program.ended;
      process.off('exit', abandon);
      remove();
    },
  };
}
