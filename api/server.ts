import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiDeps } from './deps.js';
import { createApp } from './app.js';

export type RunningApi = {
  /** Without a trailing slash. */
  readonly url: string;
  /** Answers what is under way (for up to `graceMs`), ends streams at once, then closes. */
  stop(graceMs?: number): Promise<void>;
};

const GRACE_MS = 5_000;
/** `server.close` only closes what is idle at that moment. */
const SWEEP_MS = 50;

/** Listens. Port 0 takes a free one. @throws when the port is in use */
export async function startServer(deps: ApiDeps, host: string, port: number): Promise<RunningApi> {
  const handle = createApp(deps).callback();
  const server = createServer((request, response) => void handle(request, response));
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  await listen(server, host, port);
  const bound = addressOf(server);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    stop: async (graceMs = GRACE_MS) => {
      await deps.hub.stop();
      await close(server, graceMs);
    },
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening server must have a port');
  return address;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}
