import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentKeys, keyFile } from '../config/key-file.js';
import { parseNamedKeys } from '../config/keys.js';
import { openToken } from '../secrets/open.js';
import { sealToken } from '../secrets/seal.js';
import { openInstallation } from './installation.js';
import { linesForEnvironment, rotateKeyFile, withNewKeys } from './rotate-keys.js';

const BINDING = { connectorId: 'kimai', baseUrl: 'https://kimai.example.com' };

describe('a rotation of keys', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'tb-rotate-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('puts the new keys in front, keeps the old ones, and the file stays for its owner alone', async () => {
    const before = openInstallation(dataDir, false).keys;
    const [publicKey] = parseNamedKeys(before.TIMEBRIDGE_PUBLIC_KEY);
    if (!publicKey) throw new Error('there must be a key');
    const sealed = await sealToken(publicKey, 'secret', BINDING);
    const id = rotateKeyFile(dataDir);
    const keys = currentKeys(parseNamedKeys(before.TIMEBRIDGE_KEYS), dataDir);
    expect(keys.map((key) => key.id)).toEqual([id, publicKey.id]);
    expect(await openToken(keys, sealed, BINDING)).toBe('secret');
    expect(statSync(keyFile(dataDir)).mode & 0o777).toBe(0o600);
    const { keys: after } = openInstallation(dataDir, false);
    expect(parseNamedKeys(after.TIMEBRIDGE_PUBLIC_KEY).map((key) => key.id)).toEqual([id]);
    expect(parseNamedKeys(after.TIMEBRIDGE_API_KEYS)).toHaveLength(2);
  });

  it('changes nothing in a folder without keys of its own', () => {
    expect(rotateKeyFile(dataDir)).toBeNull();
    expect(() => readFileSync(keyFile(dataDir))).toThrow();
  });

  it('tells what to set where the keys come from outside', () => {
    const made = { TIMEBRIDGE_KEYS: 'new:a', TIMEBRIDGE_PUBLIC_KEY: 'new:b', TIMEBRIDGE_API_KEYS: 'new:c' };
    expect(linesForEnvironment(made).join('\n')).toContain('TIMEBRIDGE_PUBLIC_KEY=new:b');
    const old = { TIMEBRIDGE_KEYS: 'old:a', TIMEBRIDGE_PUBLIC_KEY: 'old:b', TIMEBRIDGE_API_KEYS: 'old:c' };
    expect(withNewKeys(old, made)).toEqual({
      TIMEBRIDGE_KEYS: 'new:a,old:a',
      TIMEBRIDGE_PUBLIC_KEY: 'new:b',
      TIMEBRIDGE_API_KEYS: 'new:c,old:c',
    });
  });
});
