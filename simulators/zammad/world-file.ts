import { isRecord } from '../kit/index.js';
import { standardSettings } from './base-world.js';
import type { Rows, ZammadWorld } from './world.js';

type Tables =
  'users' | 'organizations' | 'tickets' | 'articles' | 'entries' | 'types' | 'webhooks' | 'triggers';

/** The world as the file keeps it: each large table a list, which the kit writes in slices. */
export type StoredWorld = Omit<ZammadWorld, Tables> & {
  [table in Tables]: ZammadWorld[table][number][];
};

/** A view of a live world whose tables are read when it is written. */
export function stored(world: ZammadWorld): StoredWorld {
  return {
    name: world.name,
    installation: world.installation,
    settings: world.settings,
    roles: world.roles,
    groups: world.groups,
    ticket_states: world.ticket_states,
    ticket_priorities: world.ticket_priorities,
    last_id: world.last_id,
    get tokens() {
      return world.tokens;
    },
    get history() {
      return world.history;
    },
    get jobs() {
      return world.jobs;
    },
    get webhooks() {
      return Object.values(world.webhooks);
    },
    get triggers() {
      return Object.values(world.triggers);
    },
    get users() {
      return Object.values(world.users);
    },
    get organizations() {
      return Object.values(world.organizations);
    },
    get tickets() {
      return Object.values(world.tickets);
    },
    get articles() {
      return Object.values(world.articles);
    },
    get entries() {
      return Object.values(world.entries);
    },
    get types() {
      return Object.values(world.types);
    },
  };
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): Rows<T> {
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** The live world of what a file held. */
export function restored(world: StoredWorld): ZammadWorld {
  return {
    name: world.name,
    installation: world.installation,
    settings: { ...standardSettings(), ...world.settings },
    roles: world.roles,
    groups: world.groups,
    ticket_states: world.ticket_states,
    ticket_priorities: world.ticket_priorities,
    last_id: world.last_id,
    tokens: world.tokens,
    history: world.history,
    jobs: world.jobs,
    webhooks: byId(world.webhooks),
    triggers: byId(world.triggers),
    users: byId(world.users),
    organizations: byId(world.organizations),
    tickets: byId(world.tickets),
    articles: byId(world.articles),
    entries: byId(world.entries),
    types: byId(world.types),
  };
}

const LISTS = [
  'tokens',
  'history',
  'jobs',
  'webhooks',
  'triggers',
  'users',
  'organizations',
  'tickets',
  'articles',
  'entries',
  'types',
];
const OBJECTS = [
  'installation',
  'settings',
  'roles',
  'groups',
  'ticket_states',
  'ticket_priorities',
  'last_id',
];

/** True for what {@link stored} wrote. */
export function isStoredWorld(value: unknown): value is StoredWorld {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    LISTS.every((name) => Array.isArray(value[name])) &&
    OBJECTS.every((name) => isRecord(value[name]))
  );
}
