import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../db/migrate.js';
import { freePort } from '../../stack/ports.js';
import { startCluster } from '../../stack/postgres.js';
import { findTemporal } from '../../stack/temporal-binary.js';
import { startTemporalServer } from '../../stack/temporal-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    pgTemplateUrl: string;
    temporalAddress: string;
  }
}

const TEMPLATE = 'timebridge_test_template';
/** Tests want speed, not safety against a power cut. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** One PostgreSQL and one Temporal server for all integration tests; both end with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-test-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
  const [cluster, temporal] = await Promise.all([startPostgres(folder), startTemporal()]);
  project.provide('pgTemplateUrl', cluster.url(TEMPLATE));
  project.provide('temporalAddress', temporal.address);
  return async () => {
    await Promise.all([cluster.stop(), temporal.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startPostgres(folder: string) {
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const cluster = await startCluster({
    dir: join(folder, 'postgres'),
    user: 'timebridge',
    password,
    port,
    settings: SETTINGS,
  });
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(cluster.url(TEMPLATE)); // once: every test file gets a copy of this database
  return cluster;
}

async function startTemporal() {
  const executable = await findTemporal({ say: (line) => process.stderr.write(`${line}\n`) });
  return startTemporalServer({ executable, port: await freePort() });
}
