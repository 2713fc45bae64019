import { Clock, isRecord, serve, type Simulator } from '../kit/index.js';
import { beginAct } from './act.js';
import { contractWorld, emptyWorld } from './contract-worlds.js';
import { createTicket } from './rules/tickets.js';
import { ZammadSystem } from './system.js';
import type { ZammadWorld } from './world.js';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
  readonly text: string;
};
export type TestServer = {
  readonly simulator: Simulator;
  readonly system: ZammadSystem;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
};
type CallOptions = {
  /** Token of the caller; null sends none. `tok_admin` when left out. */
  readonly as?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The instant at which every test world is made; the clock stands still there. */
export const NOW = new Date('2026-11-23T09:00:00.000Z');

/** Starts a Zammad in memory on a free port, with the clock standing still. */
export async function startZammad(
  change: (world: ZammadWorld) => void = () => undefined,
): Promise<TestServer> {
  const clock = Clock.startingAt(NOW);
  clock.fixAt(NOW);
  const system = new ZammadSystem({
    clock,
    world: 'contract',
    createWorld: (name, now) => {
      const world = name === 'empty' ? emptyWorld(now) : contractWorld(now);
      change(world);
      return world;
    },
  });
  const simulator = await serve(system, { port: 0, clock });
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answer> => {
    const token = options.as === undefined ? 'tok_admin' : options.as;
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Token token=${token}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const body: unknown = isJson ? JSON.parse(text) : text;
    return { status: response.status, body, headers: response.headers, text };
  };
  return { simulator, system, call };
}

/** Adds tickets of the customer, by the agent, for tests that need many. */
export function addTickets(world: ZammadWorld, count: number): void {
  const act = beginAct(world, NOW.toISOString(), 3);
  for (let at = 1; at <= count; at += 1)
    createTicket(act, { title: `Ticket ${at}`, group_id: 1, customer_id: 5 });
}

/** One property of an answer's JSON object. */
export function part(body: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), body);
}

/** The names of a JSON object's properties, in their order. */
export const keysOf = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);

/** The ids of a list answer. */
export function idsOf(body: unknown): unknown[] {
  return Array.isArray(body) ? body.map((row) => part(row, 'id')) : [];
}
