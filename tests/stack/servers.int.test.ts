import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { Client, Connection } from '@temporalio/client';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, PortTaken } from '../../stack/ports.js';
import { startCluster } from '../../stack/postgres.js';
import { isAlive } from '../../stack/processes.js';
import { findTemporal } from '../../stack/temporal-binary.js';
import { startTemporalServer } from '../../stack/temporal-server.js';
import { startProgram, type Program } from '../kit/program.js';
import { withFolder } from '../kit/temporary-folder.js';

const folder = withFolder();
const stops: (() => Promise<void>)[] = [];
let parent: Program | undefined;
afterEach(async () => {
  parent?.child.kill('SIGKILL');
  for (const stop of stops.splice(0)) await stop();
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result: { rows: unknown[] } = await client.query(sql);
  await client.end();
  return result.rows;
}

describe('the embedded PostgreSQL', () => {
  const login = { user: 'timebridge', password: 'test: a pass/word' };

  it('keeps its data over a restart', async () => {
    const options = { ...login, dir: join(folder(), 'restart'), port: await freePort() };
    const first = await startCluster(options);
    await ask(first.url('postgres'), "create table kept as select 'yes' as answer");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startCluster(options);
    stops.push(() => second.stop());
    expect(await ask(second.url('postgres'), 'select answer from kept')).toEqual([{ answer: 'yes' }]);
  });

  it('says which port is taken', async () => {
    const port = await freePort();
    const blocker = createServer().listen(port, '127.0.0.1');
    stops.push(() => new Promise((resolve) => void blocker.close(() => resolve())));
    await expect(startCluster({ ...login, dir: join(folder(), 'taken'), port })).rejects.toThrow(PortTaken);
  });

  it('takes over from a server whose parent was killed', async () => {
    const [dir, port] = [join(folder(), 'orphan'), await freePort()];
    parent = startProgram(['tests/stack/bare-cluster.ts', dir, String(port)], { PGPASSWORD: login.password });
    const orphan = Number((await parent.line(/^cluster \d+/)).split(' ')[1]);
    process.kill(parent.pid, 'SIGKILL');
    await parent.ended;
    expect(isAlive(orphan)).toBe(true);
    const next = await startCluster({ ...login, dir, port });
    stops.push(() => next.stop());
    expect(isAlive(orphan)).toBe(false);
    expect(await ask(next.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('the embedded Temporal server', () => {
  it('keeps its workflows over a restart, and over an orphan of itself', async () => {
    const executable = await findTemporal({ say: () => undefined });
    const options = { executable, port: await freePort(), dataDir: join(folder(), 'temporal') };
    const first = await startTemporalServer(options);
    const connection = await Connection.connect({ address: first.address });
    const client = new Client({ connection });
    await client.workflow.start('nobodyRunsIt', { taskQueue: 'none', workflowId: 'kept' });
    await connection.close();
    // Not stopped: the second start finds it running on the same file, as after a kill of its parent.
    const second = await startTemporalServer(options);
    stops.push(() => second.stop());
    expect(isAlive(first.pid)).toBe(false);
    const again = await Connection.connect({ address: second.address });
    const description = await new Client({ connection: again }).workflow.getHandle('kept').describe();
    await again.close();
    expect(description.status.name).toBe('RUNNING');
  });
});
