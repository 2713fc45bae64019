import { createServer, type Server } from 'node:net';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../stack/ports.js';
import { takeLock } from '../../stack/lock.js';
import { startProgram } from '../kit/program.js';
import { withFolder } from '../kit/temporary-folder.js';

const folder = withFolder();
let blocker: Server | undefined;
afterEach(() => blocker?.close());

async function freePorts(): Promise<Record<string, string>> {
  const names = [
    'PORT',
    'WORKER_PORT',
    'POSTGRES_PORT',
    'TEMPORAL_PORT',
    'TEMPORAL_UI_PORT',
    'ZAMMAD_PORT',
    'KIMAI_PORT',
  ];
  const ports: Record<string, string> = {};
  for (const name of names) ports[`TIMEBRIDGE_${name}`] = String(await freePort());
  return ports;
}

const up = (data: string, env: Readonly<Record<string, string>>) =>
  startProgram(['cli/main.ts', 'up', '--no-demo', '--data', data], env);

describe('timebridge up', () => {
  it('says which ports are taken and which setting changes them, and starts nothing', async () => {
    const ports = await freePorts();
    const taken = Number(ports['TIMEBRIDGE_PORT']);
    blocker = createServer().listen(taken, '127.0.0.1');
    const data = join(folder(), 'taken');
    const program = up(data, ports);
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain(`port ${taken} (API and pages): set TIMEBRIDGE_PORT to another one`);
    expect(program.output()).not.toContain('PostgreSQL on port');
  });

  it('refuses a data folder that somebody runs on, and names who', async () => {
    const data = join(folder(), 'locked');
    mkdirSync(data);
    const release = takeLock(data, 'http://127.0.0.1:1');
    const program = up(data, await freePorts());
    expect(await program.ended).toBe(1);
    release();
    expect(program.output()).toContain(
      `Timebridge runs already on ${data} (process ${process.pid}, http://127.0.0.1:1)`,
    );
  });

  it('refuses an environment that is wrong as wrong use', async () => {
    const program = up(join(folder(), 'wrong'), { TIMEBRIDGE_PORT: 'eighty' });
    expect(await program.ended).toBe(2);
    expect(program.output()).toContain('TIMEBRIDGE_PORT: must be a whole number');
    expect(program.output()).not.toContain('eighty');
  });

  it('keeps every file with a secret to its owner', async () => {
    const ports = await freePorts();
    blocker = createServer().listen(Number(ports['TIMEBRIDGE_PORT']), '127.0.0.1');
    const data = join(folder(), 'secrets');
    await up(data, ports).ended;
    for (const name of ['admin-token', 'keys.json', 'database-password']) {
      expect(statSync(join(data, name)).mode & 0o077).toBe(0);
    }
  });
});
