import { readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../http.js';
import type { ConnectorContext } from '../port.js';

const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const CERTIFICATE = fixture('localhost.crt');
const KEY = fixture('localhost.key');

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => server.close());
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const secureServer = (): Promise<number> =>
  listening(
    createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end('{"ok":true}')),
  );

function clientFor(port: number, http: Partial<ConnectorContext['http']>): HttpClient {
  const client = createHttpClient({
    connectorId: 'kimai',
    baseUrl: `https://localhost:${port}`,
    authorization: 'Bearer x',
    http: { allowLoopback: true, ...http },
    timing: { retryDelaysMs: [] },
  });
  opened.push(client.close);
  return client;
}

describe('TLS', () => {
  it('refuses a certificate that nobody known has signed', async () => {
    const client = clientFor(await secureServer(), {});
    await expect(client.call({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'destination_refused',
      info: { reach: { problem: 'tls_self_signed' } },
    });
  });

  it('accepts one that the given authority has signed', async () => {
    const client = clientFor(await secureServer(), { ca: CERTIFICATE });
    expect(await client.call({ method: 'GET', path: '/' })).toMatchObject({
      status: 200,
      body: { ok: true },
    });
  });

  it('refuses https where plain http answers', async () => {
    const port = await listening(createProxy((_request, response) => response.end('{}')));
    await expect(clientFor(port, {}).call({ method: 'POST', path: '/' })).rejects.toMatchObject({
      code: 'destination_refused',
      info: { reach: { problem: 'tls_not_spoken' } },
    });
  });
});

describe('a proxy', () => {
  it('is what the connection goes through, with TLS verified behind it', async () => {
    const targets: string[] = [];
    const proxy = createProxy();
    proxy.on('connect', (request, socket) => {
      targets.push(request.url ?? '');
      const port = Number(request.url?.split(':')[1]);
      const upstream = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      opened.push(() => upstream.destroy());
    });
    const port = await secureServer();
    const uri = `http://127.0.0.1:${await listening(proxy)}`;
    const client = clientFor(port, { ca: CERTIFICATE, proxy: { uri, except: '', allowLoopback: true } });
    expect(await client.call({ method: 'GET', path: '/' })).toMatchObject({ body: { ok: true } });
    expect(targets).toEqual([`localhost:${port}`]);
  });

  it('is not asked for hosts that are excepted, with or without a port', async () => {
    const port = await secureServer();
    const nobody = 'http://127.0.0.1:1';
    for (const except of ['localhost', `localhost:${port}`, 'intern,localhost', '*']) {
      const client = clientFor(port, {
        ca: CERTIFICATE,
        proxy: { uri: nobody, except, allowLoopback: true },
      });
      expect(await client.call({ method: 'GET', path: '/' })).toMatchObject({ status: 200 });
    }
  });

  it('that opens no way has sent nothing on: a write is merely unavailable', async () => {
    const proxy = createProxy();
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    const uri = `http://127.0.0.1:${await listening(proxy)}`;
    const client = clientFor(await secureServer(), { proxy: { uri, except: '', allowLoopback: true } });
    await expect(client.call({ method: 'POST', path: '/', body: {} })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('must itself be where something may be called', () => {
    const proxy = (uri: string) => ({ uri, except: '', allowLoopback: false });
    for (const uri of ['http://169.254.169.254:80', 'http://127.0.0.1:3128'])
      expect(() => clientFor(1, { proxy: proxy(uri) })).toThrow('not called');
  });
});

describe('a certificate of one’s own', () => {
  it('that is none says so instead of leaving open what became of a write', async () => {
    const ca = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----';
    await expect(
      clientFor(await secureServer(), { ca }).call({ method: 'POST', path: '/', body: {} }),
    ).rejects.toMatchObject({
      code: 'destination_refused',
    });
  });
});
