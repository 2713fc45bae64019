import { afterEach, describe, expect, it } from 'vitest';
import { SyncError } from '../domain/errors.js';
import { createHttpClient, type HttpOptions } from './http.js';
import { startStub, type StubHandler, type StubServer } from './test-stub.js';

const SECRET = 'Bearer top-secret-token';
const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  // A test may have closed a client itself.
  for (const each of opened.splice(0).reverse()) await each.close().catch(() => undefined);
});

function clientFor(baseUrl: string, more: Partial<HttpOptions> = {}) {
  const client = createHttpClient({
    connectorId: 'kimai',
    baseUrl,
    authorization: SECRET,
    http: { allowLoopback: true },
    timing: { retryDelaysMs: [0, 0] },
    ...more,
  });
  opened.push(client);
  return client;
}

async function stubbed(handler: StubHandler): Promise<StubServer> {
  const stub = await startStub(handler);
  opened.push(stub);
  return stub;
}

async function failure(attempt: Promise<unknown>): Promise<SyncError> {
  const error: unknown = await attempt.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof SyncError) return error;
  throw error;
}

describe('what goes out', () => {
  it('carries the authorization, asks for JSON and keeps no cookies', async () => {
    const stub = await stubbed(() => ({ body: {}, headers: { 'set-cookie': 'session=1' } }));
    const client = clientFor(`${stub.url}/sub`);
    await client.call({ method: 'GET', path: '/a', query: { 'x[]': '[tb-1]' } });
    await client.call({ method: 'POST', path: '/b', body: { ä: 1 } });
    expect(stub.calls.map(({ url }) => url.pathname)).toEqual(['/sub/a', '/sub/b']);
    expect(stub.calls[0]?.url.searchParams.get('x[]')).toBe('[tb-1]');
    expect(stub.calls[0]?.headers).toMatchObject({ authorization: SECRET, accept: 'application/json' });
    expect(stub.calls[1]).toMatchObject({ body: { ä: 1 } });
    expect(stub.calls[1]?.headers.cookie).toBeUndefined();
  });

  it('is at most as many requests at a time as the connector allows', async () => {
    let inFlight = 0;
    let most = 0;
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => {
      most = Math.max(most, (inFlight += 1));
      setImmediate(() => {
        inFlight -= 1;
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = clientFor(`http://127.0.0.1:${port}`, { http: { allowLoopback: true, concurrency: 2 } });
    await Promise.all(Array.from({ length: 10 }, () => client.call({ method: 'GET', path: '/' })));
    expect(most).toBe(2);
  });
});

describe('what comes back', () => {
  it('is the status, the JSON and the clock of the server', async () => {
    const stub = await stubbed(() => ({
      status: 404,
      body: { code: 404 },
      headers: { date: 'Mon, 23 Nov 2026 09:00:00 GMT' },
    }));
    const answer = await clientFor(stub.url).call({ method: 'GET', path: '/' });
    expect(answer).toMatchObject({ status: 404, body: { code: 404 }, serverTime: '2026-11-23T09:00:00Z' });
  });

  it('stands by our clock as of when a read went out, and as of when a write was answered', async () => {
    const SLOW_MS = 60;
    const { createServer } = await import('node:http');
    const slow = createServer((_request, response) => void setTimeout(() => response.end('{}'), SLOW_MS));
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => slow.close(() => resolve())) });
    const address = slow.address();
    const client = clientFor(`http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`);
    const askedAt = Date.now();
    const read = await client.call({ method: 'GET', path: '/' });
    const wroteAt = Date.now();
    const written = await client.call({ method: 'POST', path: '/', body: {} });
    expect(Date.parse(read.readAt)).toBeGreaterThanOrEqual(askedAt);
    expect(Date.parse(read.readAt)).toBeLessThanOrEqual(wroteAt - SLOW_MS + 1);
    expect(Date.parse(written.readAt)).toBeGreaterThanOrEqual(wroteAt + SLOW_MS - 1);
  });

  it('has no body when it is not JSON', async () => {
    const stub = await stubbed(() => ({ body: '<html>login</html>' }));
    expect((await clientFor(stub.url).call({ method: 'GET', path: '/' })).body).toBeUndefined();
  });
});

describe('a call that fails', () => {
  it('waits as long as a 429 asks for, and is not repeated here', async () => {
    const stub = await stubbed(() => ({ status: 429, headers: { 'retry-after': '7' } }));
    const error = await failure(clientFor(stub.url).call({ method: 'POST', path: '/x', body: {} }));
    expect(error).toMatchObject({ code: 'rate_limited', info: { retryAfterMs: 7_000, status: 429 } });
    expect(stub.calls).toHaveLength(1);
  });

  it.each([502, 503, 504])('is tried again when it only reads and a gateway hiccups (%i)', async (status) => {
    let left = 2;
    const stub = await stubbed(() => (left-- > 0 ? { status } : { body: { ok: true } }));
    expect(await clientFor(stub.url).call({ method: 'GET', path: '/' })).toMatchObject({
      body: { ok: true },
    });
    expect(stub.calls).toHaveLength(3);
  });

  it('is given up after a few tries, with method, path and status in the message', async () => {
    const stub = await stubbed(() => ({ status: 503 }));
    const error = await failure(clientFor(stub.url).call({ method: 'GET', path: '/timesheets' }));
    expect(error).toMatchObject({ code: 'unavailable', message: 'GET /timesheets answered 503' });
    expect(stub.calls).toHaveLength(3);
  });

  it('is not tried again on a 500, which is an answer', async () => {
    const stub = await stubbed(() => ({ status: 500 }));
    expect(await failure(clientFor(stub.url).call({ method: 'GET', path: '/' }))).toMatchObject({
      code: 'unavailable',
    });
    expect(stub.calls).toHaveLength(1);
  });

  it('does not press a server that named a time', async () => {
    const stub = await stubbed(() => ({ status: 503, headers: { 'retry-after': '60' } }));
    const error = await failure(clientFor(stub.url).call({ method: 'GET', path: '/' }));
    expect(error.info.retryAfterMs).toBe(60_000);
    expect(stub.calls).toHaveLength(1);
  });

  it.each(['POST', 'PATCH', 'DELETE'] as const)(
    'has an unknown outcome when a %s was sent and the line broke',
    async (method) => {
      const stub = await stubbed(() => null);
      expect(await failure(clientFor(stub.url).call({ method, path: '/x' }))).toMatchObject({
        code: 'outcome_unknown',
      });
      expect(stub.calls).toHaveLength(1);
    },
  );

  it.each([500, 502, 504])('has an unknown outcome when a write is answered by %i', async (status) => {
    const stub = await stubbed(() => ({ status }));
    const error = await failure(clientFor(stub.url).call({ method: 'POST', path: '/x', body: {} }));
    expect(error).toMatchObject({ code: 'outcome_unknown', info: { status } });
  });

  it('is merely unavailable when nothing was sent, even for a write', async () => {
    const stub = await startStub(() => ({}));
    await stub.close();
    expect(await failure(clientFor(stub.url).call({ method: 'POST', path: '/x', body: {} }))).toMatchObject({
      code: 'unavailable',
    });
  });

  it('reads although it is a POST, when that is said', async () => {
    let left = 1;
    const stub = await stubbed(() => (left-- > 0 ? null : { body: [] }));
    const call = { method: 'POST', path: '/tickets/search', body: {}, effect: 'read' } as const;
    expect(await clientFor(stub.url).call(call)).toMatchObject({ status: 200 });
    expect(stub.calls).toHaveLength(2);
  });

  it('follows no redirect, and names only the origin it leads to', async () => {
    const stub = await stubbed(() => ({
      status: 302,
      headers: { location: 'https://desk.example.com/login?ticket=1' },
    }));
    const error = await failure(clientFor(stub.url).call({ method: 'GET', path: '/' }));
    expect(error).toMatchObject({ code: 'destination_refused', info: { status: 302 } });
    expect(error.message).toContain('(https://desk.example.com)');
    expect(error.message).not.toContain('ticket=1');
    expect(stub.calls).toHaveLength(1);
  });

  it('was not sent when the connector had been closed, and what was under way had its answer', async () => {
    let closing: Promise<void> | undefined;
    const stub = await stubbed(() => {
      closing = client.close();
      return { body: { ok: true } };
    });
    const client = clientFor(stub.url);
    expect(await client.call({ method: 'POST', path: '/x', body: {} })).toMatchObject({ status: 200 });
    await closing;
    expect(await failure(client.call({ method: 'POST', path: '/x', body: {} }))).toMatchObject({
      code: 'unavailable',
    });
    expect(stub.calls).toHaveLength(1);
  });

  it('never shows what it was authorized by', async () => {
    const stub = await stubbed(() => null);
    const error = await failure(clientFor(stub.url).call({ method: 'POST', path: '/x', body: {} }));
    expect(JSON.stringify(error) + error.message + String(error.stack)).not.toContain('top-secret');
  });

  it('ends with the reason of the one who cancelled, when it only reads', async () => {
    const controller = new AbortController();
    const stub = await stubbed(() => {
      controller.abort(new Error('shutting down'));
      return {};
    });
    const client = clientFor(stub.url, { signal: () => controller.signal });
    // The answer may win the race against the cancellation; then the next call does not even start.
    await client.call({ method: 'GET', path: '/' }).catch(() => undefined);
    await expect(client.call({ method: 'GET', path: '/' })).rejects.toThrow('shutting down');
    expect(stub.calls).toHaveLength(1);
  });
});

describe('a slow answer', () => {
  it('of a read ends at its deadline although something trickles in all the time', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const timing = { retryDelaysMs: [], readMs: 100, writeMs: 100, answerMs: 60_000 };
    const client = clientFor(`http://127.0.0.1:${port}`, { timing });
    expect((await failure(client.call({ method: 'GET', path: '/' }))).code).toBe('unavailable');
    expect((await failure(client.call({ method: 'POST', path: '/', body: {} }))).code).toBe(
      'outcome_unknown',
    );
  });

  it('that is larger than is read breaks the contract, and leaves the outcome of a write open', async () => {
    const stub = await stubbed(() => ({ body: `"${'x'.repeat(33 * 1024 * 1024)}"` }));
    expect((await failure(clientFor(stub.url).call({ method: 'GET', path: '/' }))).code).toBe(
      'contract_broken',
    );
    expect((await failure(clientFor(stub.url).call({ method: 'POST', path: '/', body: {} }))).code).toBe(
      'outcome_unknown',
    );
  });
});

describe('the log', () => {
  it('has each request with method, path, status and time, and nothing secret', async () => {
    let left = 1;
    const stub = await stubbed(() => (left-- > 0 ? { body: {} } : null));
    const calls: unknown[] = [];
    const client = clientFor(stub.url, { onCall: (call) => calls.push(call), timing: { retryDelaysMs: [] } });
    await client.call({ method: 'GET', path: '/timesheets', query: { term: 'anna@example.com' } });
    await failure(client.call({ method: 'POST', path: '/timesheets', body: { description: 'private' } }));
    expect(calls).toMatchObject([
      { connectorId: 'kimai', method: 'GET', path: '/timesheets', status: 200, failure: null },
      { connectorId: 'kimai', method: 'POST', path: '/timesheets', status: null, failure: 'outcome_unknown' },
    ]);
    const text = JSON.stringify(calls);
    for (const secret of ['top-secret', 'anna@', 'private']) expect(text).not.toContain(secret);
  });
});

describe('a destination that must not be called', () => {
  it.each(['http://127.0.0.1:1', 'http://[::1]:1', 'http://localhost:1'])(
    'is the machine itself: %s',
    async (url) => {
      const client = clientFor(url, { http: { allowLoopback: false } });
      expect(await failure(client.call({ method: 'GET', path: '/' }))).toMatchObject({
        code: 'destination_refused',
      });
    },
  );

  it.each([
    'http://169.254.169.254',
    'http://[fe80::1]',
    'http://[::ffff:169.254.169.254]',
    'http://0xa9fea9fe',
    'http://100.100.100.200',
    'http://[fd00:ec2::254]',
    'http://0.0.0.0',
    'ftp://example.com',
    'http://user:pass@example.com',
  ])('is one even where loopback is allowed: %s', async (url) => {
    expect(await failure(clientFor(url).call({ method: 'GET', path: '/' }))).toMatchObject({
      code: 'destination_refused',
    });
  });
});
