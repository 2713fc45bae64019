import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Guard = { readonly number: number; readonly what: string; readonly file: string; readonly test: string };

const root = new URL('../', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** The tables of docs/guards.md, by their headings. */
const TABLES = new Map(
  textOf('docs/guards.md')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const guards = lines.flatMap((line): Guard[] => {
        const cells = line.split('|').map((cell) => cell.trim());
        const [, number = '', what = '', file = '', test = ''] = cells;
        return /^\d+$/.test(number) ? [{ number: Number(number), what, file, test }] : [];
      });
      return [heading.trim(), guards] as const;
    }),
);

/** A test of that very name. */
function isTested({ file, test }: Guard): boolean {
  if (!existsSync(new URL(file, root))) return false;
  const text = textOf(file);
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${test}${quote}`));
}

describe('what could go wrong', () => {
  it.each([
    ['Traps of Zammad', 25],
    ['Traps of Kimai', 29],
    ['Mistakes of others', 43],
  ])('has all its rows: %s', (heading, count) => {
    const numbers = TABLES.get(heading)?.map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it.each([...TABLES.keys()])('has a test for each row that exists by that name: %s', (heading) => {
    const missing = (TABLES.get(heading) ?? []).filter((guard) => !isTested(guard));
    expect(missing).toEqual([]);
  });

  it('one source has one target in each kind of mapping', () => {
    const made = textOf('db/migrations/0001-base/bridges.ts');
    expect(made).toMatch(/create table activity_mappings \([^;]*primary key \(bridge_id, source_id\)/);
    for (const table of ['user_mappings', 'customer_mappings'])
      expect(made).toContain(`create table ${table} (like activity_mappings including all)`);
  });
});
