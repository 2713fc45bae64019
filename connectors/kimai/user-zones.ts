import { SyncError } from '../../domain/errors.js';
import { ExpiringCache } from '../expiring-cache.js';
import { parseList, readRecord } from '../parse.js';
import type { KimaiClient } from './client.js';
import { userSchema } from './schema.js';

const KEEP_MS = 15 * 60 * 1000;

export type UserZones = {
  /** The zone Kimai keeps a user's records in; null when users cannot be listed or it is not told. */
  readonly zoneOf: (userId: string) => Promise<string | null>;
  /** Whether all users live in this zone, as far as is known. */
  readonly allIn: (timeZone: string) => Promise<boolean>;
  /** Whether the user exists; null when users cannot be listed. */
  readonly exists: (userId: string) => Promise<boolean | null>;
};

/** Users and their zones, kept a quarter of an hour. */
export function createUserZones(client: KimaiClient): UserZones {
  const cache = new ExpiringCache<ReadonlyMap<string, string | null> | null>(KEEP_MS);
  const zones = () => cache.get('all', () => readZones(client));
  return {
    zoneOf: async (userId) => (await zones())?.get(userId) ?? null,
    allIn: async (timeZone) => {
      const known = await zones();
      return known === null || [...known.values()].every((zone) => zone === null || zone === timeZone);
    },
    exists: async (userId) => (await zones())?.has(userId) ?? null,
  };
}

async function readZones(client: KimaiClient): Promise<ReadonlyMap<string, string | null> | null> {
  const { status, body } = await client.tryRead('/users', { visible: 3 });
  if (status === 403) return null;
  if (status !== 200) throw new SyncError('contract_broken', `GET /users answered ${status}`, { status });
  const users = parseList(body, 'GET /users').map((row) => readRecord(userSchema, row));
  return new Map(
    users.flatMap((user) => (user.ok ? [[String(user.value.id), user.value.timezone ?? null]] : [])),
  );
}
