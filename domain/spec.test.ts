import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8');
const numbersIn = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, number = '']) => number)),
];
const byNumber = (a: string, b: string): number => Number(a) - Number(b);

it('every rule of SPEC.md has a test that names it, and every test that names one finds it there', () => {
  const rules = numbersIn(read('SPEC.md'), /\*\*I(\d+)\*\*/g);
  const tests = readdirSync(here).filter((name) => name.endsWith('.test.ts') && name !== 'spec.test.ts');
  const named = numbersIn(tests.map(read).join('\n'), /['`]I(\d+)[: ]/g);
  expect(rules.length).toBeGreaterThan(30);
  expect([...named].sort(byNumber)).toEqual([...rules].sort(byNumber));
});
