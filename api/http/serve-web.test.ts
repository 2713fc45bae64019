import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestState } from './request-state.js';
import { serveWeb } from './serve-web.js';

describe('serveWeb', () => {
  const dir = mkdtempSync(join(tmpdir(), 'timebridge-web-'));
  let server: Server;
  let url = '';
  beforeAll(async () => {
    mkdirSync(join(dir, 'assets'));
    writeFileSync(join(dir, 'index.html'), '<div id="app"></div>');
    writeFileSync(join(dir, 'favicon.svg'), '<svg/>');
    writeFileSync(join(dir, 'assets', 'main-1a2b.js'), 'go();');
    const app = new Koa<RequestState>().use(serveWeb(dir));
    const handle = app.callback();
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(dir, { recursive: true, force: true });
  });

  const get = async (path: string, accept = 'text/html') => {
    const response = await fetch(url + path, { headers: { accept } });
    return {
      status: response.status,
      text: await response.text(),
      cache: response.headers.get('cache-control'),
    };
  };

  it.each(['/', '/index.html', '/conflicts/17?view=open'])(
    'answers the page at %s, never from a cache',
    async (path) => {
      expect(await get(path)).toEqual({ status: 200, text: '<div id="app"></div>', cache: 'no-cache' });
    },
  );

  it('lets browsers keep hashed files for ever, and others not', async () => {
    expect(await get('/assets/main-1a2b.js', '*/*')).toMatchObject({
      status: 200,
      text: 'go();',
      cache: 'public, max-age=31536000, immutable',
    });
    expect(await get('/favicon.svg', '*/*')).toMatchObject({ status: 200, cache: 'no-cache' });
  });

  it.each(['/assets/gone.js', '/api/v1/nothing', '/metrics'])('never answers a page at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('says what to do when the pages were not built', () => {
    expect(() => serveWeb(join(dir, 'nowhere'))).toThrow(/npm run build/);
  });
});
