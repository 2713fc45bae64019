import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../db/migrate.js';
import { startCluster, type Cluster } from '../stack/postgres.js';
import { freePort } from '../stack/ports.js';
import { withFolder } from '../tests/kit/temporary-folder.js';
import { unavailable } from './testing/fake-gateway.js';
import { withApi } from './testing/test-api.js';

describe('an API whose database is killed', () => {
  const folder = withFolder();
  let cluster: Cluster;
  let startAgain: () => Promise<Cluster>;
  beforeAll(async () => {
    const port = await freePort();
    startAgain = () =>
      startCluster({
        ...{ dir: join(folder(), 'postgres'), user: 'outage', password: 'outage', port },
        settings: ['fsync=off'],
      });
    cluster = await startAgain();
    await migrate(cluster.url('postgres'));
  });
  const api = withApi(() => cluster.url('postgres'));
  afterAll(() => cluster.stop());

  const read = () => api().call('viewer', 'GET', '/api/v1/bridges');

  it('asks to come back instead of failing, and answers again when the database does', async () => {
    expect((await read()).status).toBe(200);
    process.kill(cluster.pid, 'SIGKILL');
    await cluster.exited;
    for (const path of ['/api/v1/bridges', '/api/v1/conflicts', '/api/v1/status']) {
      const answer = await api().call('viewer', 'GET', path);
      expect([answer.status, answer.body['code']]).toEqual([503, 'database-unavailable']);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    cluster = await startAgain();
    await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toBe(200);
  });

  it('asks to come back when Temporal is away', async () => {
    api().gateway.fail('resealTokens', unavailable());
    const answer = await api().call('admin', 'POST', '/api/v1/system/reseal', {});
    expect([answer.status, answer.body['code']]).toEqual([503, 'temporal-unavailable']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
