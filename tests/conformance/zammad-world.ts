import type { ConnectorContext } from '../../connectors/port.js';
import { Clock, serve, type Simulator } from '../../simulators/kit/index.js';
import { baseWorld, makeToken, makeUser, ZammadSystem } from '../../simulators/zammad/index.js';
import type { ZammadWorld } from '../../simulators/zammad/index.js';
import type { BookedRef, SourceUnderTest } from './source-conformance.js';

export type ZammadTestWorld = Omit<SourceUnderTest, 'source' | 'stranger'> & {
  readonly url: string;
  readonly simulator: Simulator;
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

const START = new Date('2026-11-23T09:00:00Z');

/** A connector's context for a simulated Zammad whose unit is the minute. */
export function zammadContext(url: string, token: string): ConnectorContext {
  return {
    connectorId: 'zammad',
    baseUrl: url,
    token,
    timeZone: 'Europe/Berlin',
    unitPeriods: [{ from: null, secondsPerUnit: 60 }],
    http: { allowLoopback: true },
  };
}

function peopledWorld(now: Date): ZammadWorld {
  const at = now.toISOString();
  const world = baseWorld('empty', at);
  const groups: Record<number, 'full'[]> = { 1: ['full'] };
  const people = [
    makeUser({
      id: 2,
      login: 'admin@example.com',
      firstname: 'Ada',
      lastname: 'Admin',
      roles: [1, 2],
      groups,
      at,
    }),
    makeUser({
      id: 3,
      login: 'agent@example.com',
      firstname: 'Anna',
      lastname: 'Agent',
      roles: [2],
      groups,
      at,
    }),
    makeUser({
      id: 5,
      login: 'customer@example.com',
      firstname: 'Carla',
      lastname: 'Customer',
      roles: [3],
      at,
    }),
    makeUser({
      id: 6,
      login: 'sync@example.com',
      firstname: 'Time',
      lastname: 'Sync',
      roles: [1, 2],
      groups,
      at,
    }),
  ];
  for (const person of people) world.users[person.id] = person;
  world.last_id['users'] = 6;
  world.tokens = [
    makeToken('tok_admin', 2, ['admin', 'ticket.agent']),
    makeToken('tok_agent', 3, ['ticket.agent']),
    makeToken('tok_sync', 6, ['admin.time_accounting', 'ticket.agent']),
  ];
  return world;
}

/** A Zammad in memory, with what people do to it. */
export async function startZammadWorld(
  change: (world: ZammadWorld) => void = () => undefined,
): Promise<ZammadTestWorld> {
  const clock = Clock.startingAt(START);
  clock.fixAt(START);
  const createWorld = (_name: string, now: Date): ZammadWorld => {
    const world = peopledWorld(now);
    change(world);
    return world;
  };
  const simulator = await serve(new ZammadSystem({ clock, world: 'empty', createWorld }), { port: 0, clock });

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/api/v1${path}`, {
      method,
      headers: { authorization: 'Token token=tok_admin', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const made = async (path: string, body: unknown): Promise<string> => idOf(await call('POST', path, body));
  const entryPath = ({ ticketId, sourceId }: BookedRef): string =>
    `/tickets/${ticketId}/time_accountings/${sourceId}`;

  return {
    url: simulator.url,
    simulator,
    call,
    newTicket: (title) =>
      made('/tickets', {
        title,
        group: 'Users',
        customer: 'customer@example.com',
        article: { body: 'Hallo' },
      }),
    book: async (ticketId, units) => ({
      ticketId,
      sourceId: await made(`/tickets/${ticketId}/time_accountings`, { time_unit: units }),
    }),
    edit: async (entry, units) => void (await call('PUT', entryPath(entry), { time_unit: units })),
    remove: async (entry) => void (await call('DELETE', entryPath(entry))),
    retitle: async (ticketId, title) => void (await call('PUT', `/tickets/${ticketId}`, { title })),
    laterBy: (ms) => clock.fixAt(new Date(clock.now().getTime() + ms)),
    now: () => clock.now().toISOString(),
    goDown: () => {
      simulator.faults.down = 'connection';
    },
    close: () => simulator.close(),
  };
}

function idOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body) return String(body.id);
  throw new Error('the simulator answered without an id');
}
