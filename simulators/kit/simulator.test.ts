import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Clock, html, isRecord, json, Router, serve, type Simulator, type System } from './index.js';
import { BadControl } from './input.js';

/** A system with one counter: what was executed can be told from what was answered. */
function counter(): System & { count: number } {
  return {
    name: 'counter',
    count: 0,
    controls: new Router().on('POST', '/__control/extra', () => json(200, { extra: true })),
    handle(call) {
      if (call.method === 'POST') this.count += 1;
      return json(200, { count: this.count, path: call.path });
    },
    counts() {
      return { count: this.count };
    },
    settings: () => ({}),
    reset(world) {
      if (world !== 'empty') throw new BadControl('Worlds: empty.');
      this.count = 0;
    },
    flush: () => Promise.resolve(),
  };
}

let system: ReturnType<typeof counter>;
let simulator: Simulator;

beforeEach(async () => {
  system = counter();
  simulator = await serve(system, { port: 0, clock: new Clock() });
});
afterEach(() => simulator.close());

function call(method: string, path: string, body?: unknown): Promise<Response> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return fetch(simulator.url + path, { method, ...init });
}

async function fault(body: unknown): Promise<void> {
  expect((await call('POST', '/__control/faults', body)).status).toBe(200);
}

describe('a scripted fault', () => {
  it('answers a status instead of running the call', async () => {
    await fault({ then: { kind: 'status', status: 429, retryAfter: 7, body: { slow: 'down' } } });
    const reply = await call('POST', '/a');
    expect([reply.status, reply.headers.get('retry-after'), await reply.json()]).toEqual([
      429,
      '7',
      { slow: 'down' },
    ]);
    expect(system.count).toBe(0);
    expect((await call('POST', '/a')).status).toBe(200);
  });

  it('drops the connection before the call is run', async () => {
    await fault({ match: { method: 'POST' }, then: { kind: 'drop' } });
    await expect(call('POST', '/a')).rejects.toThrow('fetch failed');
    expect(system.count).toBe(0);
  });

  it('drops the answer after the call was run', async () => {
    await fault({ match: { method: 'POST' }, then: { kind: 'drop_after_write' } });
    await expect(call('POST', '/a')).rejects.toThrow('fetch failed');
    expect(system.count).toBe(1);
  });

  it('sends half of the body, which is no JSON any more', async () => {
    await fault({ then: { kind: 'truncate' } });
    const reply = await call('GET', '/a');
    expect(reply.status).toBe(200);
    await expect(reply.json()).rejects.toThrow(SyntaxError);
  });

  it.each(['delay', 'slow_body'])('of kind %s still answers in full', async (kind) => {
    await fault({ then: { kind, ms: 5 } });
    expect(await (await call('GET', '/a')).json()).toEqual({ count: 0, path: '/a' });
  });

  it('lets the first matching calls pass and then meets as many as it was told', async () => {
    await fault({ match: { path: '^/b\\?x=1' }, skip: 1, times: 2, then: { kind: 'status', status: 500 } });
    const statuses: number[] = [];
    for (const path of ['/b?x=1', '/a', '/b?x=1', '/b?x=2', '/b?x=1', '/b?x=1'])
      statuses.push((await call('GET', path)).status);
    expect(statuses).toEqual([200, 200, 500, 200, 500, 200]);
  });

  it('is listed with what it has met, and can be taken back', async () => {
    await fault({ times: 5, then: { kind: 'drop' } });
    await expect(call('GET', '/a')).rejects.toThrow('fetch failed');
    expect(await (await call('GET', '/__control/faults')).json()).toMatchObject([
      { times: 5, seen: 1, met: 1 },
    ]);
    expect((await call('DELETE', '/__control/faults')).status).toBe(204);
    expect((await call('GET', '/a')).status).toBe(200);
  });
});

describe('a simulator that is down', () => {
  it('answers 503 to everything but control', async () => {
    await call('POST', '/__control/down', { down: true });
    expect((await call('GET', '/a')).status).toBe(503);
    expect((await call('GET', '/__control/state')).status).toBe(200);
    await call('POST', '/__control/down', { down: false });
    expect((await call('GET', '/a')).status).toBe(200);
  });

  it('cuts connections when told so', async () => {
    await call('POST', '/__control/down', { down: true, mode: 'connection' });
    await expect(call('GET', '/a')).rejects.toThrow('fetch failed');
  });

  it('still shows pages that are mounted beside it', async () => {
    simulator.mount('/play', () => html(200, 'play'));
    await call('POST', '/__control/down', { down: true });
    expect(await (await call('GET', '/play/now')).text()).toBe('play');
  });
});

describe('the control routes', () => {
  it('log calls with their status, but not themselves', async () => {
    await call('GET', '/a?b=1');
    await fault({ then: { kind: 'drop' } });
    await expect(call('POST', '/c')).rejects.toThrow('fetch failed');
    expect(await (await call('GET', '/__control/requests')).json()).toMatchObject([
      { method: 'GET', path: '/a?b=1', status: 200 },
      { method: 'POST', path: '/c', status: 0, fault: 'drop' },
    ]);
    await call('DELETE', '/__control/requests');
    expect(await (await call('GET', '/__control/requests')).json()).toEqual([]);
  });

  it('hold the clock still, and the Date header follows it', async () => {
    await call('POST', '/__control/clock', { now: '2026-11-22T12:00:00Z' });
    expect((await call('GET', '/a')).headers.get('date')).toBe('Sun, 22 Nov 2026 12:00:00 GMT');
  });

  it('let the clock run with an offset', async () => {
    await call('POST', '/__control/clock', { offsetMs: 86_400_000 });
    const ahead = Date.parse((await call('GET', '/a')).headers.get('date') ?? '') - Date.now();
    expect(ahead).toBeGreaterThan(86_000_000);
  });

  it('reset the world, faults and log', async () => {
    await call('POST', '/a');
    await fault({ then: { kind: 'drop' } });
    const reply = await call('POST', '/__control/reset', { world: 'empty' });
    expect(await reply.json()).toMatchObject({ counts: { count: 0 }, faults: [], down: 'no' });
  });

  it('carry the routes of the system', async () => {
    expect(await (await call('POST', '/__control/extra')).json()).toEqual({ extra: true });
  });

  it.each([
    ['/__control/faults', {}, 'then must be a JSON object with a kind'],
    ['/__control/faults', { then: { kind: 'boom' } }, 'then.kind must be one of'],
    ['/__control/faults', { then: { kind: 'delay' } }, 'then.ms must be a whole number'],
    ['/__control/faults', { when: 1, then: { kind: 'drop' } }, 'has no field "when"'],
    ['/__control/faults', { match: { path: '(' }, then: { kind: 'drop' } }, 'must be a regular expression'],
    ['/__control/faults', { times: 0, then: { kind: 'drop' } }, 'times must be a whole number of at least 1'],
    ['/__control/down', { down: 'yes' }, 'down must be true or false'],
    ['/__control/down', { down: true, mode: 'x' }, 'mode must be "status"'],
    ['/__control/clock', { now: 'yesterday' }, 'such as 2026-11-22T12:00:00Z'],
    ['/__control/clock', { now: '2026-11-22T12:00:00Z', offsetMs: 1 }, 'not both'],
    ['/__control/reset', {}, 'world must be the name'],
    ['/__control/reset', { world: 'mars' }, 'Worlds: empty.'],
  ])('refuse %s %j and say what is right', async (path, body, message) => {
    const reply = await call('POST', path, body);
    expect(reply.status).toBe(400);
    const refusal: unknown = await reply.json();
    expect(isRecord(refusal) ? refusal['error'] : '').toContain(message);
  });

  it('name the methods of a route that exists, and nothing else', async () => {
    expect((await call('GET', '/__control/down')).status).toBe(405);
    expect((await call('GET', '/__control/up')).status).toBe(404);
  });

  it('are open to pages of this machine only', async () => {
    const allowed = async (origin: string) => {
      const reply = await fetch(`${simulator.url}/__control/state`, { headers: { origin } });
      return reply.headers.get('access-control-allow-origin');
    };
    expect(await allowed('http://localhost:8080')).toBe('http://localhost:8080');
    expect(await allowed('https://example.com')).toBeNull();
  });
});
