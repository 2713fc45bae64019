import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RestoreWatch } from './restore-watch.js';

describe('a database that becomes an older one', () => {
  let dataDir: string;
  let newest: number;
  const distrusted: object[] = [];
  const books = {
    newestAuditId: async () => newest,
    distrust: async (seen: object) => {
      distrusted.push(seen);
      newest += 1; // that it was noticed is a record itself
    },
  };
  const started = () => new RestoreWatch(dataDir, books, pino({ level: 'silent' }));
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'timebridge-test-'));
    newest = 0;
    distrusted.length = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is noticed by the next worker that starts, once', async () => {
    const worker = started();
    expect(await worker.compare()).toBe(false);
    newest = 40;
    await worker.follow();
    newest = 25;
    expect(await started().compare()).toBe(true);
    expect(distrusted).toEqual([{ lastSeen: 40, newest: 25 }]);
    expect(await started().compare()).toBe(false);
  });

  it('is not suspected when the trail went on, and the mark never goes back by itself', async () => {
    newest = 40;
    const worker = started();
    await worker.follow();
    newest = 30;
    await worker.follow();
    expect(readFileSync(join(dataDir, 'audit-mark'), 'utf8')).toBe('40\n');
    newest = 41;
    expect(await started().compare()).toBe(false);
  });

  it('cannot be told without a data folder', async () => {
    rmSync(dataDir, { recursive: true });
    const worker = started();
    newest = 40;
    await worker.follow();
    newest = 25;
    expect(await started().compare()).toBe(false);
  });
});
