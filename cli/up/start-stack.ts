import { join } from 'node:path';
import type { UpConfig } from '../../config/up.js';
import { migrate } from '../../db/migrate.js';
import { stopOrphanCluster, clusterUrl } from '../../stack/postgres.js';
import type { Supervisor } from '../../stack/supervisor.js';
import { findTemporal } from '../../stack/temporal-binary.js';
import { stopOrphanTemporal } from '../../stack/temporal-server.js';
import type { Installation } from '../installation.js';
import { ensureDatabase } from './database.js';
import { assertPortsFree, neededPorts } from './ports.js';
import { apiUnit, postgresUnit, simulatorsUnit, temporalUnit, workerUnit, type Addresses } from './units.js';

const DATABASE = 'timebridge';
/** The processes of a start that was killed need a moment to notice. */
const LAST_START_MS = 10_000;

export type Start = {
  readonly config: UpConfig;
  readonly installation: Installation;
  readonly supervisor: Supervisor;
  readonly say: (line: string) => void;
};

/** Brings everything up, in the order of need, and tells where it is reached. */
export async function startStack(start: Start): Promise<Addresses> {
  const { config, installation, supervisor, say } = start;
  await stopOrphanCluster(join(installation.dataDir, 'postgres'));
  await stopOrphanTemporal(join(installation.dataDir, 'temporal'));
  await assertPortsFree(neededPorts(config, installation.demo), installation.isNew ? 0 : LAST_START_MS);

  const [databaseUrl, temporal] = await Promise.all([startDatabase(start), startTemporal(start)]);
  const addresses: Addresses = { databaseUrl, ...temporal };
  if (installation.demo) {
    await supervisor.start(simulatorsUnit(config, installation));
    say(`Zammad and Kimai of the demo on ports ${config.zammadPort} and ${config.kimaiPort}`);
  }
  await supervisor.start(workerUnit(config, installation, addresses));
  say('Worker');
  await supervisor.start(apiUnit(config, installation, addresses));
  say(`API and pages on port ${config.port}`);
  return addresses;
}

async function startDatabase({ config, installation, supervisor, say }: Start): Promise<string> {
  const url = config.databaseUrl ?? embeddedUrl(config, installation);
  if (config.databaseUrl === undefined) {
    if (installation.isNew) say('Making the database …');
    await supervisor.start(postgresUnit(config, installation));
    await ensureDatabase(url);
  }
  const done = await migrate(url);
  const schema = done.length > 0 ? ` (schema brought up to date: ${done.length} steps)` : '';
  say(
    config.databaseUrl
      ? `Database at ${hostOf(url)}${schema}`
      : `PostgreSQL on port ${config.postgresPort}${schema}`,
  );
  return url;
}

async function startTemporal({ config, installation, supervisor, say }: Start) {
  if (config.temporalAddress !== undefined) {
    say(`Temporal at ${config.temporalAddress}`);
    return { temporalAddress: config.temporalAddress, temporalUiUrl: config.temporalUiUrl };
  }
  const executable = await findTemporal({ say });
  await supervisor.start(temporalUnit(config, installation, executable));
  say(`Temporal on port ${config.temporalPort}, its UI on port ${config.temporalUiPort}`);
  return {
    temporalAddress: `127.0.0.1:${config.temporalPort}`,
    temporalUiUrl: config.temporalUiUrl ?? `http://localhost:${config.temporalUiPort}`,
  };
}

/** The address of the database that `up` runs itself. */
export function embeddedUrl(config: UpConfig, installation: Pick<Installation, 'databasePassword'>): string {
  const login = { user: 'timebridge', password: installation.databasePassword, port: config.postgresPort };
  return clusterUrl(login, DATABASE);
}

/** Host and database alone: the address holds a password. */
const hostOf = (url: string): string => `${new URL(url).host}${new URL(url).pathname}`;
