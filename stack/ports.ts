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

/** A port the operating system has just called free. Somebody else may take it before the caller does. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .once('listening', () => {
        const address = probe.address();
        probe.close(() =>
          typeof address === 'object' && address !== null
            ? resolve(address.port)
            : reject(new Error('The operating system named no port')),
        );
      });
    probe.listen({ port: 0, host: LOOPBACK });
  });
}
