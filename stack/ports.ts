import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** The loopback address that everything of the embedded stack listens on. */
export const LOOPBACK = '127.0.0.1';

/** A port that we need is taken by somebody else. */
export class PortTaken extends Error {
  override name = 'PortTaken';
  constructor(readonly port: number) {
    super(`port ${port} is in use`);
  }
}

/** Whether nobody listens on `port` of the loopback address at this moment. */
export function portFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)));
    probe.listen({ port, host: LOOPBACK, exclusive: true });
  });
}

/** Below it the kernels of today take no port for outgoing connections, above it any of them may hold one for a while. */
const RANGE = { from: 10_240, to: 32_767 };
const TRIES = 100;

/** A port that nobody listens on at this moment. Somebody else may take it before the caller does. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(RANGE.from, RANGE.to + 1);
    if (await portFree(port)) return port;
  }
  throw new Error(`no port from ${RANGE.from} to ${RANGE.to} is free`);
}
