import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the calling test file, gone afterwards. PostgreSQL, which may run as another user, can pass it. */
export function withFolder(): () => string {
  let folder: string | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'timebridge-test-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (!folder) throw new Error('The folder exists only inside tests and hooks');
    return folder;
  };
}
