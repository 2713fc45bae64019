import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRecord } from './call.js';
import { WorldStore } from './store.js';

interface World {
  kind: string;
  settings: Record<string, string>;
  rows: { id: number; text: string }[];
  others: number[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'world-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const isWorld = (value: unknown): value is World => isRecord(value) && value['kind'] === 'test';
const initial = (): World => ({ kind: 'test', settings: {}, rows: [], others: [] });

it('keeps a world over a restart, tables and the rest', async () => {
  const file = join(folder, 'deep', 'world.jsonl');
  const store = new WorldStore({ file, initial, isWorld });
  store.world.rows.push({ id: 1, text: 'tab\there, line\nthere' });
  store.world.settings = { a: 'b' };
  store.touch();
  await store.flush();
  const again = new WorldStore({ file, initial, isWorld });
  expect(again.world).toEqual({
    ...initial(),
    settings: { a: 'b' },
    rows: [{ id: 1, text: 'tab\there, line\nthere' }],
  });
});

it('keeps a new world even when nothing changes', async () => {
  const file = join(folder, 'world.jsonl');
  const store = new WorldStore({ file, initial, isWorld });
  await store.flush();
  expect(new WorldStore({ file, initial: () => ({ ...initial(), others: [9] }), isWorld }).world).toEqual(
    initial(),
  );
});

it('writes by itself after a change and leaves no temporary file', async () => {
  const file = join(folder, 'world.jsonl');
  const store = new WorldStore({ file, initial, isWorld });
  store.world.settings = { saved: 'yes' };
  store.touch();
  await expect.poll(() => readdirSync(folder)).toEqual(['world.jsonl']);
  expect(readFileSync(file, 'utf8')).toContain('"saved":"yes"');
});

it('writes what changed while it was writing', async () => {
  const file = join(folder, 'world.jsonl');
  const store = new WorldStore({ file, initial, isWorld });
  store.touch();
  const first = store.flush();
  store.world.rows.push({ id: 2, text: 'late' });
  store.touch();
  await first;
  await store.flush();
  expect(new WorldStore({ file, initial, isWorld }).world.rows).toEqual([{ id: 2, text: 'late' }]);
});

it('refuses a file of something else and names it', () => {
  const file = join(folder, 'world.jsonl');
  writeFileSync(file, '{"kind":"other","tables":[]}\n');
  expect(() => new WorldStore({ file, initial, isWorld })).toThrow(
    `${file} does not hold a world of this version`,
  );
});

it('keeps a world without a file in memory only', async () => {
  const store = new WorldStore({ initial, isWorld });
  store.touch();
  await store.flush();
  expect(readdirSync(folder)).toEqual([]);
});
