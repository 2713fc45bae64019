import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createApiToken } from '../../db/stores/api-tokens.js';
import { storeCheck } from '../../db/stores/connector-checks.js';
import { createUser } from '../../db/stores/users.js';
import { connectDatabase } from '../../db/connection.js';
import { generateKeyPair } from '../../secrets/keys.js';
import { withDatabase } from '../../tests/kit/database.js';
import { ROLES, type Role } from '../contract.js';
import { createDeps } from '../create-deps.js';
import type { ApiDeps } from '../deps.js';
import { createLog } from '../http/log.js';
import { startServer } from '../server.js';
import { fakeGateway, type FakeGateway } from './fake-gateway.js';

type Json = { readonly [member: string]: unknown };
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
};

export type TestUser = { readonly id: string; readonly email: string; readonly token: string };

export type TestApi = {
  readonly url: string;
  readonly deps: ApiDeps;
  readonly gateway: FakeGateway;
  readonly users: Readonly<Record<Role, TestUser>>;
  /** Sends JSON as the user of that role, or as nobody. */
  call(as: Role | null, method: string, path: string, body?: unknown): Promise<Answer>;
};

export const PASSWORD = 'correct horse battery';

/** An API on a real socket over a database of its own, with a user of each role and a gateway to play with. */
export function withApi(databaseUrl: () => string = withDatabase()): () => TestApi {
  let running: { api: TestApi; stop: () => Promise<void> } | undefined;
  beforeAll(async () => {
    running = await start(databaseUrl());
  });
  afterAll(async () => {
    await running?.stop();
  });
  return () => {
    if (!running) throw new Error('The API exists only inside tests and hooks');
    return running.api;
  };
}

async function start(databaseUrl: string) {
  const db = connectDatabase(databaseUrl);
  const gateway = fakeGateway((connectorId) =>
    storeCheck({ db, tx: null }, connectorId, { ok: true, findings: [], samples: [] }),
  );
  const { publicKey } = generateKeyPair();
  const deps = await createDeps({
    db,
    databaseUrl,
    gateway,
    publicKey,
    apiKeys: [{ id: 'test', bytes: new Uint8Array(randomBytes(32)) }],
    log: createLog('silent', 'test'),
    settings: {
      publicUrl: 'http://localhost:8080',
      temporalUiUrl: 'http://localhost:8233',
      temporalNamespace: 'default',
      allowLoopback: true,
      trustedProxies: [],
      version: '0.0.0-test',
      webDir: null,
    },
  });
  await deps.hub.start();
  const users = await makeUsers(deps);
  const server = await startServer(deps, '127.0.0.1', 0);
  const api: TestApi = { url: server.url, deps, gateway, users, call: caller(server.url, users) };
  const stop = async () => {
    await server.stop(100);
    await db.close();
  };
  return { api, stop };
}

async function makeUsers({ db, passwords }: ApiDeps): Promise<Record<Role, TestUser>> {
  const session = { db, tx: null };
  const passwordHash = await passwords.hash(PASSWORD);
  const make = async (role: Role): Promise<TestUser> => {
    const email = `${role}@example.com`;
    const user = await createUser(session, {
      email,
      name: `The ${role}`,
      role,
      language: 'en',
      passwordHash,
    });
    if (!user) throw new Error(`${email} must be new`);
    const { token } = await createApiToken(session, { userId: user.id, name: 'test', expiresAt: null });
    return { id: user.id, email, token };
  };
  const [viewer, approver, admin] = await Promise.all(ROLES.map(make));
  if (!viewer || !approver || !admin) throw new Error('there is a user for each role');
  return { viewer, approver, admin };
}

const caller =
  (url: string, users: Record<Role, TestUser>): TestApi['call'] =>
  async (as, method, path, body) =>
    readAnswer(
      await fetch(`${url}${path}`, {
        method: method.toUpperCase(),
        headers: {
          ...(as === null ? {} : { authorization: `Bearer ${users[as].token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );

/** An answer with its body as JSON; an answer without one has an empty object. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? record(JSON.parse(text)) : {},
  };
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {});

/** The list that a member of an answer is, each item as an object. */
export const listIn = (answer: Answer, member: string): readonly Json[] => {
  const value = answer.body[member];
  return Array.isArray(value) ? value.map(record) : [];
};

/** The fields that a 422 names. */
export const wrongFields = (answer: Answer): readonly unknown[] =>
  listIn(answer, 'issues').map(({ path }) => path);
