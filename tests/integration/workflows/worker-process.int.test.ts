import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { freePort } from '../../../stack/ports.js';
import { connectTemporal } from '../../../temporal/connect.js';
import { runCheck } from '../../../temporal/runs.js';
import { TemporalCallError } from '../../../temporal/errors.js';
import { withDatabase } from '../../kit/database.js';
import { temporalAddress } from '../../kit/temporal.js';

const database = withDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'timebridge-worker-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function startWorker(taskQueue: string) {
  const port = await freePort();
  const main = fileURLToPath(new URL('../../../worker/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database(),
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_TASK_QUEUE: taskQueue,
      TIMEBRIDGE_KEYS: `test:${randomBytes(32).toString('base64url')}`,
      TIMEBRIDGE_DATA: dataDir,
      TIMEBRIDGE_WORKER_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}:\n${lines.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line === 'worker ready') resolve();
    });
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await ready;
  return { child, port, exited };
}

it('the worker says when it is ready, answers for its health, works, and ends cleanly', async () => {
  const taskQueue = `worker-${randomUUID()}`;
  const { child, port, exited } = await startWorker(taskQueue);
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  expect({ status: health.status, body: await health.json() }).toMatchObject({
    status: 200,
    body: { ready: true, state: 'RUNNING' },
  });
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('timebridge_worker_activities');

  const temporal = connectTemporal({ address: temporalAddress(), namespace: 'default', taskQueue });
  const answer = await runCheck(temporal, 'no-such-connector', 20_000).catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(TemporalCallError);
  const named: unknown = expect.stringContaining('no-such-connector');
  expect(answer).toMatchObject({ kind: 'failed', message: named });
  await temporal.close();

  child.kill('SIGTERM');
  expect(await exited).toBe(0);
}, 90_000);
