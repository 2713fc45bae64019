import { splitList } from './environment.js';

/** A key of 32 bytes with the name under which rows remember it. */
export type NamedKey = { readonly id: string; readonly bytes: Uint8Array };

const KEY_BYTES = 32;

/** Whether the text is `<id>:<32 bytes in base64url>`. */
export function isNamedKey(text: string): boolean {
  const match = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9_-]{43}=?)$/.exec(text);
  return match?.[2] !== undefined && Buffer.from(match[2], 'base64url').length === KEY_BYTES;
}

/** Reads `<id>:<key>[,<id>:<key>…]`, the newest first. Check the text with `isNamedKey` before. */
export function parseNamedKeys(text: string): readonly NamedKey[] {
  return splitList(text).map((part) => {
    const colon = part.indexOf(':');
    return {
      id: part.slice(0, colon),
      bytes: new Uint8Array(Buffer.from(part.slice(colon + 1), 'base64url')),
    };
  });
}

/** The opposite of `parseNamedKeys`. */
export function formatNamedKeys(keys: readonly NamedKey[]): string {
  return keys.map(({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64url')}`).join(',');
}
