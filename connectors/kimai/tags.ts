import { SyncError } from '../../domain/errors.js';
import { ExpiringCache } from '../expiring-cache.js';
import { parseList, readRecord } from '../parse.js';
import type { KimaiClient } from './client.js';
import { tagSchema } from './schema.js';

const KEEP_MS = 15 * 60 * 1000;

export type Tags = {
  /** Makes sure that a tag may be used by writes; asked again only after a while. */
  readonly ensure: (name: string) => Promise<void>;
  /** Somebody deleted a tag in between when a write came back without it: it is made again for the next. */
  readonly compare: (wanted: readonly string[], stored: readonly string[]) => void;
};

/** Tags that are known to be there, kept a quarter of an hour. */
export function createTags(client: KimaiClient): Tags {
  const known = new ExpiringCache<true>(KEEP_MS);
  const key = (name: string): string => name.toLowerCase();
  return {
    ensure: async (name) =>
      void (await known.get(key(name), async () => {
        await ensureTag(client, name);
        return true;
      })),
    compare: (wanted, stored) => {
      const there = new Set(stored.map(key));
      for (const name of wanted.map(key)) if (!there.has(name)) known.forget(name);
    },
  };
}

/**
 * Makes sure that a tag exists, because Kimai drops unknown ones without a word. `visible` is said: without it the
 * tag is hidden for good. Two that create it at the same time meet a unique key (400, or 500 in a race).
 */
async function ensureTag(client: KimaiClient, name: string): Promise<void> {
  if (await tagExists(client, name)) return;
  try {
    await client.write({ method: 'POST', path: '/tags', body: { name, visible: true } });
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    // Refused as taken: it is there, perhaps hidden, and may be used by writes.
    if (error.code === 'record_refused' && error.info.field === 'name' && isTaken(error)) return;
    if (error.code === 'outcome_unknown' && (await tagExists(client, name))) return;
    throw error;
  }
}

const isTaken = (error: SyncError): boolean =>
  (error.info.quoted ?? []).some((text) => /already used/i.test(text));

/** The search is by substring; names are unique without regard to case. */
async function tagExists(client: KimaiClient, name: string): Promise<boolean> {
  const { body } = await client.read('/tags/find', { name }, 'view_tag');
  const tags = parseList(body, 'GET /tags/find').map((row) => readRecord(tagSchema, row));
  return tags.some((tag) => tag.ok && tag.value.name.toLowerCase() === name.toLowerCase());
}
