import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { formatNamedKeys } from '../config/keys.js';
import { generateKeyPair } from '../secrets/keys.js';
import { freePort } from '../stack/ports.js';
import { withDatabase } from '../tests/kit/database.js';
import { readAnswer } from './testing/test-api.js';

describe('the process of the API', () => {
  const databaseUrl = withDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-api-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts while Temporal is down, lets the command line in by its token file, and stops when asked', async () => {
    const token = `tb_${randomBytes(32).toString('base64url')}`;
    writeFileSync(join(folder, 'admin-token'), `${token}\n`, { mode: 0o600 });
    const port = await freePort();
    const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl(),
        TIMEBRIDGE_PORT: String(port),
        TIMEBRIDGE_DATA: folder,
        TIMEBRIDGE_PUBLIC_KEY: formatNamedKeys([generateKeyPair().publicKey]),
        TIMEBRIDGE_API_KEYS: formatNamedKeys([{ id: 'one', bytes: new Uint8Array(randomBytes(32)) }]),
        TIMEBRIDGE_ADMIN_TOKEN_FILE: join(folder, 'admin-token'),
        TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    const [url] = await readyLine(child.stdout);
    const get = async (path: string) =>
      readAnswer(await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } }));
    const users = await get('/api/v1/users');
    expect(users.body['items']).toMatchObject([{ role: 'admin', active: true, hasPassword: false }]);
    expect((await get('/api/v1/status')).body['temporal']).toMatchObject({ reachable: false });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  async function readyLine(output: NodeJS.ReadableStream): Promise<readonly string[]> {
    for await (const line of createInterface({ input: output })) {
      const match = /^api ready on (http:\S+)$/.exec(line);
      if (match) return match.slice(1);
    }
    throw new Error('the API ended before it was ready');
  }
});
