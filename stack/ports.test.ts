import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, LOOPBACK, portFree } from './ports.js';

it('sees that a port is taken, and that it is free again', async () => {
  const port = await freePort();
  expect(await portFree(port)).toBe(true);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port, host: LOOPBACK }, resolve));
  expect(await portFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await portFree(port)).toBe(true);
});
