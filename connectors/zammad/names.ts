import { SyncError } from '../../domain/errors.js';
import { ExpiringCache } from '../expiring-cache.js';
import { parseList, parseReply, readRecord } from '../parse.js';
import type { ZammadClient } from './client.js';
import { normalisePerson, type Person } from './normalise.js';
import { isRecord, namedSchema, stateSchema, userSchema } from './schema.js';

const KEEP_MS = 15 * 60 * 1000;
/** Zammad's own account: deleted people's records are re-saved under it. */
const SYSTEM_USER_ID = 1;

export type Names = {
  /** Who booked; a person that no longer exists keeps the id as name. */
  readonly person: (userId: number) => Promise<Person>;
  readonly organizationName: (organizationId: number) => Promise<string | null>;
  /** Null when the token may not read the types. */
  readonly typeName: (typeId: number) => Promise<string | null>;
  readonly isMergedState: (stateId: number) => Promise<boolean>;
  /** Takes in users and organizations that a ticket search brought along. */
  readonly learn: (assets: Readonly<Record<string, unknown>>) => void;
};

/** Looks names up once and keeps them a quarter of an hour. */
export function createNames(client: ZammadClient): Names {
  const people = new ExpiringCache<Person>(KEEP_MS);
  const organizations = new ExpiringCache<string | null>(KEEP_MS);
  const tables = new ExpiringCache<ReadonlyMap<number, string>>(KEEP_MS);

  const typeNames = () => tables.get('types', () => readTypeNames(client));
  const mergedStates = () => tables.get('states', () => readMergedStates(client));

  return {
    person: (userId) => people.get(String(userId), () => readPerson(client, userId)),
    organizationName: (id) => organizations.get(String(id), () => readOrganizationName(client, id)),
    typeName: async (typeId) => (await typeNames()).get(typeId) ?? null,
    isMergedState: async (stateId) => (await mergedStates()).has(stateId),
    learn: (assets) => {
      for (const [id, raw] of Object.entries(isRecord(assets['User']) ? assets['User'] : {})) {
        const user = readRecord(userSchema, raw);
        if (user.ok) people.put(id, normalisePerson(user.value));
      }
      for (const [id, raw] of Object.entries(
        isRecord(assets['Organization']) ? assets['Organization'] : {},
      )) {
        const organization = readRecord(namedSchema, raw);
        if (organization.ok) organizations.put(id, organization.value.name);
      }
    },
  };
}

async function readPerson(client: ZammadClient, userId: number): Promise<Person> {
  if (userId === SYSTEM_USER_ID) return { name: '-', email: null };
  const { status, body } = await client.tryRead(`/users/${userId}`);
  if (status === 404) return { name: `#${userId}`, email: null };
  if (status === 403) {
    throw new SyncError('permission_missing', `GET /users/${userId} answered 403`, {
      status,
      permission: 'ticket.agent',
    });
  }
  return normalisePerson(parseReply(userSchema, body, `user ${userId}`));
}

async function readOrganizationName(client: ZammadClient, id: number): Promise<string | null> {
  const { status, body } = await client.tryRead(`/organizations/${id}`);
  // A caller that may not see it can get `200 {}`.
  if (status !== 200 || (isRecord(body) && !('id' in body))) return null;
  return parseReply(namedSchema, body, `organization ${id}`).name;
}

async function readTypeNames(client: ZammadClient): Promise<ReadonlyMap<number, string>> {
  const { status, body } = await client.tryRead('/time_accounting/types');
  if (status !== 200) return new Map();
  const rows = parseList(body, 'activity types').map((row) => parseReply(namedSchema, row, 'activity type'));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function readMergedStates(client: ZammadClient): Promise<ReadonlyMap<number, string>> {
  const { status, body } = await client.tryRead('/ticket_states', { expand: true });
  if (status !== 200) return new Map();
  const rows = parseList(body, 'ticket states').map((row) => parseReply(stateSchema, row, 'ticket state'));
  const merged = rows.filter((state) => (state.state_type ?? state.name) === 'merged');
  return new Map(merged.map(({ id, name }) => [id, name]));
}
