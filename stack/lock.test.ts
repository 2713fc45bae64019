import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FolderInUse, readLock, takeLock } from './lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timebridge-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lets one process in, names it to the next one, and is given back', () => {
  const release = takeLock(folder, 'http://127.0.0.1:8080');
  expect(() => takeLock(folder, 'http://127.0.0.1:9090')).toThrow(FolderInUse);
  expect(() => takeLock(folder, 'http://127.0.0.1:9090')).toThrow(`process ${process.pid}`);
  expect(readLock(folder)).toMatchObject({ pid: process.pid, apiUrl: 'http://127.0.0.1:8080' });
  release();
  expect(readLock(folder)).toBeUndefined();
  takeLock(folder, 'http://127.0.0.1:9090')();
});

it('does not believe a lock whose process id belongs to another process by now', () => {
  takeLock(folder, 'http://127.0.0.1:8080');
  const file = join(folder, 'running.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"began":"\d+"/, '"began":"1"'));
  expect(readLock(folder)).toBeUndefined();
  takeLock(folder, 'http://127.0.0.1:9090')();
});

it('does not stumble over a lock that was cut off while it was written', () => {
  writeFileSync(join(folder, 'running.json'), '{"pid":');
  takeLock(folder, 'http://127.0.0.1:8080')();
});
