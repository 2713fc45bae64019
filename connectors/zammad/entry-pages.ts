import { SyncError } from '../../domain/errors.js';
import type { SourceEntry, UnreadableRecord } from '../../domain/staged.js';
import { assertMostlyReadable, parseList } from '../parse.js';
import type { Names } from './names.js';
import { normaliseEntry, sortRecords, type EntryRules } from './normalise.js';
import { type ZammadEntry } from './schema.js';

export type ReadEntries = {
  readonly items: readonly SourceEntry[];
  readonly unreadable: readonly UnreadableRecord[];
};

/** The records of one listing: those that cannot be read are told apart, a broken page fails. */
export function readListing(
  body: unknown,
  what: string,
): { entries: readonly ZammadEntry[]; unreadable: readonly UnreadableRecord[]; size: number } {
  const records = parseList(body, what);
  const sorted = sortRecords(records);
  if (sorted === null) throw new SyncError('contract_broken', `${what}: a record has no id`);
  assertMostlyReadable(sorted.unreadable.length, records.length, what);
  return { ...sorted, size: records.length };
}

/** Adds who booked and the name of the type. */
export async function nameEntries(
  raws: readonly ZammadEntry[],
  rules: EntryRules,
  names: Names,
): Promise<SourceEntry[]> {
  return Promise.all(
    raws.map(async (raw) => {
      const typeName = await typeNameOf(raw, names);
      return normaliseEntry(raw, rules, { person: await names.person(raw.created_by_id), typeName });
    }),
  );
}

/** `expand=true` tells the name, which an agent's token cannot look up. */
async function typeNameOf({ type, type_id: typeId }: ZammadEntry, names: Names): Promise<string | null> {
  if (typeId === null || typeId === undefined) return null;
  return type ?? names.typeName(typeId);
}
