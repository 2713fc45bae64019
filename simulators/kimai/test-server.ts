import { Clock, isRecord, serve, type Simulator } from '../kit/index.js';
import { newActivity, newCustomer, newProject, newUser } from './rows.js';
import { createKimai } from './server.js';
import { type KimaiRows, type KimaiWorld, kimaiWorld } from './world.js';
import { contractWorld } from './worlds.js';

/** Sunday noon in Berlin, when the tests of this folder happen. */
export const NOW = '2026-11-22T11:00:00Z';

/** The answer to a call: status, headers and the body, parsed when it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A simulated Kimai for one test file. */
export interface TestKimai {
  readonly simulator: Simulator;
  /** Calls as the user with the token `tok_<as>`. */
  call(as: string, method: string, path: string, body?: unknown): Promise<Answer>;
  control(path: string, body: unknown): Promise<Answer>;
  /** Back to the world at the start, with the clock at `NOW`. */
  reset(): Promise<void>;
}

/** The users of the recordings, one customer, one project and two activities, all open; ids 1 (and 2). */
export function baseWorld(more: KimaiRows = {}): KimaiWorld {
  const { users, tokens, roles } = contractWorld();
  return kimaiWorld({
    roles,
    customers: [newCustomer({ id: 1, name: 'Huber' })],
    projects: [newProject({ id: 1, name: 'Support', customer: 1 })],
    activities: [newActivity({ id: 1, name: 'Fernwartung' }), newActivity({ id: 2, name: 'Vor Ort' })],
    ...more,
    users: [...users, ...(more.users ?? [])],
    tokens: [...tokens, ...(more.tokens ?? [])],
  });
}

/** A further user with a token; for `users` and `tokens` of `baseWorld`. */
export function person(
  id: number,
  username: string,
  more: Partial<Parameters<typeof newUser>[0]> = {},
): KimaiRows {
  const token = { token: `tok_${username}`, userId: id, expiresAt: null };
  return { users: [newUser({ id, username, ...more })], tokens: [token] };
}

/** Starts a Kimai on a free port. */
export async function startKimai(world: () => KimaiWorld = baseWorld): Promise<TestKimai> {
  const clock = new Clock();
  clock.fixAt(new Date(NOW));
  const simulator = await serve(createKimai({ clock, world: 'test', createWorld: world }), {
    port: 0,
    clock,
  });
  const send = async (method: string, path: string, headers: Record<string, string>, body: unknown) => {
    const init = body === undefined ? { method, headers } : { method, headers, body: encode(body) };
    const reply = await fetch(simulator.url + path, { ...init, redirect: 'manual' });
    const text = await reply.text();
    const isJson = reply.headers.get('content-type') === 'application/json' && text !== '';
    const parsed: unknown = isJson ? JSON.parse(text) : text;
    return { status: reply.status, headers: reply.headers, body: parsed };
  };
  const json = { 'content-type': 'application/json' };
  const control = (path: string, body: unknown) => send('POST', `/__control/${path}`, json, body);
  return {
    simulator,
    control,
    call: (as, method, path, body) =>
      send(method, path, { authorization: `Bearer tok_${as}`, ...json }, body),
    reset: async () => {
      await control('reset', { world: 'test' });
      clock.fixAt(new Date(NOW));
    },
  };
}

function encode(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** One field of an answer's object. */
export function field(answer: Answer, name: string): unknown {
  return isRecord(answer.body) ? answer.body[name] : undefined;
}

/** One field of every object of an answer's list. */
export function column(answer: Answer, name: string): unknown[] {
  if (!Array.isArray(answer.body)) throw new Error(`No list but ${JSON.stringify(answer.body)}`);
  return answer.body.map((row: unknown) => (isRecord(row) ? row[name] : undefined));
}

/** The errors of a form: at the top, and per field. */
export function formErrors(answer: Answer): {
  readonly top: unknown;
  readonly fields: Record<string, unknown>;
} {
  const errors = field(answer, 'errors');
  if (!isRecord(errors) || !isRecord(errors['children'])) return { top: undefined, fields: {} };
  const broken = Object.entries(errors['children']).filter(
    ([, child]) => isRecord(child) && 'errors' in child,
  );
  return {
    top: errors['errors'],
    fields: Object.fromEntries(
      broken.map(([name, child]) => [name, isRecord(child) ? child['errors'] : undefined]),
    ),
  };
}

/** A complete body for a new record of an hour on 2 March 2026. */
export const BOOKING = {
  project: 1,
  activity: 1,
  begin: '2026-03-02T09:00:00',
  end: '2026-03-02T10:00:00',
} as const;
