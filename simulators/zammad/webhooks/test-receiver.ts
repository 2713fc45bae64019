import { createServer, type ServerResponse } from 'node:http';

export type Received = {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
  readonly method: string;
  readonly path: string;
};
export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  /** Statuses of the next answers; 202 when there is none left. */
  readonly answers: number[];
  /** Answers that are held back: nothing is sent until they are let go. */
  readonly held: (() => void)[];
  hold: boolean;
  readonly close: () => Promise<void>;
};

/** A server of somebody's that receives webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const [received, answers, held]: [Received[], number[], (() => void)[]] = [[], [], []];
  const reply = (response: ServerResponse, status: number): void => {
    response.writeHead(status, status === 302 ? { location: '/moved' } : {});
    response.end();
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, method = '', url = '' } = request;
      received.push({ headers, method, path: url, body: Buffer.concat(chunks).toString('utf8') });
      const status = answers.shift() ?? 202;
      if (receiver.hold) held.push(() => reply(response, status));
      else reply(response, status);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answers,
    held,
    hold: false,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}
