import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Relay = {
  readonly url: string;
  /** The system's clock, by its last answer. */
  readonly now: () => string;
  /** From now on nothing answers. */
  down: boolean;
  /** The next POST is carried out and its answer is lost. */
  losesNextAnswer: boolean;
  readonly close: () => Promise<void>;
};

const PASSED_ON = ['authorization', 'content-type', 'accept'];
const PASSED_BACK = ['content-type', 'date', 'x-page', 'x-per-page', 'x-total-count', 'x-total-pages'];

/** Stands between the connector and a real system, because that one cannot be told to fail. */
export async function startRelay(target: string): Promise<Relay> {
  let clock = { at: Date.now(), seen: performance.now() };
  const relay = { down: false, losesNextAnswer: false };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    if (relay.down) return void request.socket.destroy();
    const reply = await fetch(target + (request.url ?? '/'), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        PASSED_ON.flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      ),
      redirect: 'manual',
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks).toString('utf8') }),
    });
    const body = await reply.text();
    const date = Date.parse(reply.headers.get('date') ?? '');
    if (!Number.isNaN(date)) clock = { at: date, seen: performance.now() };
    if (relay.losesNextAnswer && request.method === 'POST') {
      relay.losesNextAnswer = false;
      return void request.socket.destroy();
    }
    for (const name of PASSED_BACK) {
      const value = reply.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.statusCode = reply.status;
    response.end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return Object.assign(relay, {
    url: `http://127.0.0.1:${address.port}`,
    now: () => new Date(clock.at + performance.now() - clock.seen).toISOString(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
