import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yup from 'yup';
import { parseNamedKeys, type NamedKey } from './keys.js';

/** Where the data folder keeps the keys of its installation (mode 0600). */
export const keyFile = (dataDir: string): string => join(dataDir, 'keys.json');

const KeyFile = yup.object({ TIMEBRIDGE_KEYS: yup.string().required() }).required();

/**
 * The private keys as they are now: those that the process was given, and before them what a rotation has added to the
 * key file since. A file that cannot be read changes nothing. Keys from outside are never mixed with the file's.
 */
export function currentKeys(given: readonly NamedKey[], dataDir: string): readonly NamedKey[] {
  const filed = filedKeys(dataDir);
  const known = new Set(filed.map(({ id }) => id));
  // Only the installation's own file knows the keys that the process was started with.
  if (!given.every(({ id }) => known.has(id))) return given;
  return filed;
}

function filedKeys(dataDir: string): readonly NamedKey[] {
  try {
    return parseNamedKeys(
      KeyFile.validateSync(JSON.parse(readFileSync(keyFile(dataDir), 'utf8'))).TIMEBRIDGE_KEYS,
    );
  } catch {
    return [];
  }
}
