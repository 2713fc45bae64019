import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as yup from 'yup';
import { keyFile } from '../config/key-file.js';
import { newKeys, type KeySettings } from './installation.js';

const Keys = yup
  .object({
    TIMEBRIDGE_KEYS: yup.string().required(),
    TIMEBRIDGE_PUBLIC_KEY: yup.string().required(),
    TIMEBRIDGE_API_KEYS: yup.string().required(),
  })
  .required();

/** New keys in front of those that are there; the older ones go on opening what they sealed. */
export const withNewKeys = (before: KeySettings, made: KeySettings): KeySettings => ({
  TIMEBRIDGE_KEYS: [made.TIMEBRIDGE_KEYS, before.TIMEBRIDGE_KEYS].filter(Boolean).join(','),
  TIMEBRIDGE_PUBLIC_KEY: made.TIMEBRIDGE_PUBLIC_KEY,
  TIMEBRIDGE_API_KEYS: [made.TIMEBRIDGE_API_KEYS, before.TIMEBRIDGE_API_KEYS].filter(Boolean).join(','),
});

/**
 * Puts a new set of keys in front in the data folder's key file, in one step: a reader sees the old file or the new
 * one. Returns the id of the new keys; null when the folder has no key file.
 */
export function rotateKeyFile(dataDir: string): string | null {
  const file = keyFile(dataDir);
  if (!existsSync(file)) return null;
  const made = newKeys();
  const keys = withNewKeys(Keys.validateSync(JSON.parse(readFileSync(file, 'utf8'))), made);
  const beside = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(beside, JSON.stringify(keys, undefined, 2), { mode: 0o600, flag: 'wx' });
  renameSync(beside, file);
  return made.TIMEBRIDGE_KEYS.slice(0, made.TIMEBRIDGE_KEYS.indexOf(':'));
}

/** What to set where the keys come from the environment. */
export function linesForEnvironment(made: KeySettings): readonly string[] {
  return [
    'The keys of this installation come from the environment. Set these (the new key in front of what stands there',
    'now), restart worker and API, then run "timebridge keys reseal":',
    `  TIMEBRIDGE_KEYS=${made.TIMEBRIDGE_KEYS},<what TIMEBRIDGE_KEYS is now>`,
    `  TIMEBRIDGE_PUBLIC_KEY=${made.TIMEBRIDGE_PUBLIC_KEY}`,
    `  TIMEBRIDGE_API_KEYS=${made.TIMEBRIDGE_API_KEYS},<what TIMEBRIDGE_API_KEYS is now>`,
  ];
}
