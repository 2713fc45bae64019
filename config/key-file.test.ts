import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentKeys, keyFile } from './key-file.js';
import { formatNamedKeys, type NamedKey } from './keys.js';

const key = (id: string, fill: number): NamedKey => ({ id, bytes: new Uint8Array(32).fill(fill) });
const old = key('old', 1);
const fresh = key('fresh', 2);

describe('the keys of a running process', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'tb-keys-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));
  const write = (keys: readonly NamedKey[]) =>
    writeFileSync(keyFile(dataDir), JSON.stringify({ TIMEBRIDGE_KEYS: formatNamedKeys(keys) }));

  it('are those that it was given when there is no file, or one that nobody can read', () => {
    expect(currentKeys([old], dataDir)).toEqual([old]);
    writeFileSync(keyFile(dataDir), '{');
    expect(currentKeys([old], dataDir)).toEqual([old]);
  });

  it('begin with the new one as soon as a rotation has written it', () => {
    write([fresh, old]);
    expect(currentKeys([old], dataDir).map(({ id }) => id)).toEqual(['fresh', 'old']);
  });

  it('are never those of a file that does not know the keys from outside', () => {
    write([fresh]);
    expect(currentKeys([old], dataDir)).toEqual([old]);
  });
});
