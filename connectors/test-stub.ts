import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type StubCall = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
};
export type StubReply = {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
/** Answers a call; null hangs up without an answer. */
export type StubHandler = (call: StubCall) => StubReply | null;

export type StubServer = {
  readonly url: string;
  /** Every call it got, in order. */
  readonly calls: readonly StubCall[];
  readonly close: () => Promise<void>;
};

/** A server for tests that says exactly what a test wants to hear; text bodies go out as they are. */
export async function startStub(handler: StubHandler): Promise<StubServer> {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    void respond(handler, calls, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  handler: StubHandler,
  calls: StubCall[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const call: StubCall = {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://stub'),
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
  calls.push(call);
  const reply = handler(call);
  if (reply === null) {
    request.socket.destroy();
    return;
  }
  const { status = 200, body = '', headers = {} } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
