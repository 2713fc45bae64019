import { createServer, type Server } from 'node:http';
import { createApp } from '../../../api/app.js';
import { createDeps, type Parts } from '../../../api/create-deps.js';
import { createLog } from '../../../api/http/log.js';
import type { TemporalGateway } from '../../../api/temporal-gateway.js';
import { connectApi, type ApiClient } from '../../../cli/client.js';
import { CommandFailed } from '../../../cli/failure.js';
import { connectDatabase } from '../../../db/connection.js';
import { inTransaction } from '../../../db/sql.js';
import { createApiToken } from '../../../db/stores/api-tokens.js';
import { ensureAdmin } from '../../../db/stores/users.js';
import { generateKeyPair, generateSecretKey } from '../../../secrets/keys.js';
import { lastingPort } from '../stage/lasting-port.js';
import { Life, mortalDatabase, watched, type Effect } from './mortal.js';
import { cutConnections } from './survivors.js';

/** An API whose first process dies; the next one listens at the same address. */
export type MortalApi = {
  /** Whoever calls it asks again, as `untilAnswered` does. */
  readonly client: ApiClient;
  /** From now on the first process dies before its `diesAt`-th effect. */
  arm(): void;
  /** What the first process did until it died. */
  effects(): readonly Effect[];
  hasDied(): boolean;
  close(): Promise<void>;
};

const LOCALHOST = '127.0.0.1';
const NAME = 'sweep-api';
const SETTINGS = {
  publicUrl: 'http://localhost:8080',
  temporalUiUrl: null,
  temporalNamespace: 'default',
  allowLoopback: true,
  trustedProxies: [],
  version: '0.0.0-test',
  webDir: null,
} as const;

/** Before its `diesAt`-th effect the first process dies, as by kill −9; the answer to a request is an effect too. */
export async function openMortalApi(
  databaseUrl: string,
  gateway: TemporalGateway,
  diesAt: number,
): Promise<MortalApi> {
  const port = await lastingPort();
  const keys = { publicKey: generateKeyPair().publicKey, apiKeys: [generateSecretKey()] };
  const outside = connectDatabase(databaseUrl, 'sweep-people', 1);
  const token = await inTransaction(outside, async (session) => {
    const { id: userId } = await ensureAdmin(session);
    return (await createApiToken(session, { userId, name: 'sweep', expiresAt: null })).token;
  });
  await outside.close();
  const begin = (dies: number) => startProcess({ databaseUrl, gateway, ...keys }, port, dies);
  const first = await begin(diesAt);
  let next: typeof first | undefined;
  const succession = first.life.death.then(async () => {
    await closeServer(first.server);
    await cutConnections(databaseUrl, NAME);
    next = await begin(Infinity);
  });
  const url = `http://${LOCALHOST}:${port}`;
  return {
    client: connectApi({ dataDir: '', apiUrl: url, urlGiven: true, token, language: 'en' }),
    arm: () => first.life.arm(),
    effects: () => first.life.effects,
    hasDied: () => first.life.hasEnded,
    close: async () => {
      if (first.life.hasEnded) await succession;
      else await first.stop();
      await next?.stop();
    },
  };
}

type Given = Pick<Parts, 'databaseUrl' | 'gateway' | 'publicKey' | 'apiKeys'>;

async function startProcess({ gateway, ...given }: Given, port: number, dies: number) {
  const life = new Life(dies);
  const pool = connectDatabase(given.databaseUrl, NAME);
  const deps = await createDeps({
    ...given,
    db: mortalDatabase(pool, life),
    gateway: watched('gateway', gateway, life),
    log: createLog('silent', NAME),
    settings: SETTINGS,
  });
  const app = createApp(deps);
  app.middleware.unshift(async (ctx, next) => {
    life.activity = `${ctx.method} ${ctx.path}`;
    await next();
    if (ctx.method !== 'GET') await life.before('answer');
    await life.alive();
  });
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen({ host: LOCALHOST, port }, resolve));
  const stop = async (): Promise<void> => {
    await deps.hub.stop();
    await closeServer(server);
    await pool.close();
  };
  return { life, server, stop };
}

/** Connections are cut in the middle of what they carry. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

const MOST_TRIES = 400;

/** As a page and a script do: who is not answered asks the same again. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const unanswered = error instanceof CommandFailed && error.code === 'unreachable';
      if (!unanswered || tries === MOST_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
