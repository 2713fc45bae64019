import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Call, readCall } from './call.js';
import type { Clock } from './clock.js';
import { CONTROL, control, controlRoutes, localOrigin } from './control.js';
import { type Effect, Faults } from './faults.js';
import { json, type Reply } from './reply.js';
import { RequestLog } from './requestlog.js';
import type { Handler, Router } from './router.js';
import type { System } from './system.js';

/** Where and when a simulator runs. `port` 0 takes a free one. */
export interface ServeOptions {
  readonly port: number;
  readonly host?: string;
  readonly clock: Clock;
}

/** A running simulator. */
export interface Simulator {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Answers everything at and below `prefix` with pages of one's own; they work while the system is down. */
  mount(prefix: string, handler: Handler): void;
  /** Stops listening, ends open connections, writes the world. */
  close(): Promise<void>;
}

interface Running {
  readonly system: System;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly routers: readonly Router[];
  readonly mounts: Map<string, Handler>;
}

/** Puts a system on a port of this machine. Rejects when the port is taken. */
export async function serve(system: System, options: ServeOptions): Promise<Simulator> {
  const { clock, host = '127.0.0.1' } = options;
  const faults = new Faults();
  const log = new RequestLog();
  const routers = [controlRoutes({ system, clock, faults, log }), system.controls];
  const running: Running = { system, clock, faults, log, routers, mounts: new Map() };
  const server = createServer((request, response) => {
    answer(running, request, response).catch((error: unknown) => fail(running, request, response, error));
  });
  const port = await listen(server, options.port, host);
  return {
    name: system.name,
    url: `http://${host}:${port}`,
    port,
    clock,
    faults,
    log,
    mount: (prefix, handler) => void running.mounts.set(prefix, handler),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await system.flush();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no TCP port.'));
      else resolve(address.port);
    });
  });
}

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { clock, faults, system } = running;
  const call = await readCall(request);
  if (call.path === CONTROL || call.path.startsWith(`${CONTROL}/`)) {
    const reply = await control(call, running.routers);
    return send(response, { ...reply, headers: { ...reply.headers, ...localOrigin(call) } }, clock);
  }
  const page = mounted(running.mounts, call.path);
  if (page) return send(response, await page(call), clock);

  const target = request.url ?? '/';
  const done = (status: number, fault?: string) => note(running, call, target, status, fault);
  if (faults.down === 'connection') return cut(request, () => done(0, 'down'));
  if (faults.down === 'status') {
    done(503, 'down');
    return send(
      response,
      { status: 503, headers: { 'content-type': 'text/html' }, body: unavailable() },
      clock,
    );
  }
  const effect = faults.meet(call.method, target);
  if (effect?.kind === 'drop') return cut(request, () => done(0, effect.kind));
  if (effect?.kind === 'status') {
    done(effect.status, effect.kind);
    return send(response, scripted(effect), clock);
  }
  if (effect?.kind === 'delay') await wait(effect.ms);
  const reply = await system.handle(call);
  if (effect?.kind === 'drop_after_write') return cut(request, () => done(0, effect.kind));
  done(reply.status, effect?.kind);
  if (effect?.kind === 'slow_body') return sendSlowly(response, reply, clock, effect.ms);
  return send(response, effect?.kind === 'truncate' ? halved(reply) : reply, clock);
}

function fail(running: Running, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${running.system.name} simulator: ${request.method} ${request.url}: ${message}\n`);
  if (response.headersSent) response.destroy();
  else send(response, json(500, { error: `The simulator itself failed: ${message}` }), running.clock);
}

function mounted(mounts: ReadonlyMap<string, Handler>, path: string): Handler | undefined {
  for (const [prefix, handler] of mounts)
    if (path === prefix || path.startsWith(`${prefix}/`)) return handler;
  return undefined;
}

function note(running: Running, call: Call, path: string, status: number, fault: string | undefined): void {
  const at = running.clock.now().toISOString();
  running.log.add({ at, method: call.method, path, status, ...(fault === undefined ? {} : { fault }) });
}

function cut(request: IncomingMessage, done: () => void): void {
  done();
  request.socket.destroy();
}

function scripted(effect: Effect & { kind: 'status' }): Reply {
  const headers = effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter };
  return json(effect.status, effect.body ?? { code: effect.status, message: 'Scripted fault' }, headers);
}

function unavailable(): string {
  return '<html><head><title>503 Service Unavailable</title></head><body>503 Service Unavailable</body></html>';
}

function halved(reply: Reply): Reply {
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function head(response: ServerResponse, reply: Reply, clock: Clock): void {
  response.sendDate = false;
  const length =
    reply.status === 204 || reply.status === 304 ? {} : { 'content-length': Buffer.byteLength(reply.body) };
  response.writeHead(reply.status, { date: clock.now().toUTCString(), ...reply.headers, ...length });
}

function send(response: ServerResponse, reply: Reply, clock: Clock): void {
  head(response, reply, clock);
  response.end(reply.body);
}

async function sendSlowly(response: ServerResponse, reply: Reply, clock: Clock, ms: number): Promise<void> {
  head(response, reply, clock);
  const half = Math.floor(reply.body.length / 2);
  response.write(reply.body.slice(0, half));
  await wait(ms);
  if (!response.destroyed) response.end(reply.body.slice(half));
}
