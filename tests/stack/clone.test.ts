import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const git = (...args: readonly string[]): readonly string[] =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
const scripts: unknown = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const hasScript = (name: string): boolean =>
  typeof scripts === 'object' &&
  scripts !== null &&
  'scripts' in scripts &&
  typeof scripts.scripts === 'object' &&
  scripts.scripts !== null &&
  name in scripts.scripts;

describe.skipIf(!existsSync(`${ROOT}.git`))('a clone', () => {
  it('has every source file: none is left out by what git ignores', () => {
    // Whole folders as one line: what they hold is left out with them.
    const ignored = git('ls-files', '--others', '--ignored', '--exclude-standard', '--directory');
    const made =
      /(^|\/)(node_modules|dist|coverage|test-results|playwright-report|\.timebridge[^/]*|\.stryker-tmp)\/$/;
    const generated = /(^|\/)(auto-imports|components)\.d\.ts$/;
    const left = ignored.filter((path) => /(\/|\.ts|\.vue|\.css)$/.test(path));
    expect(left.filter((path) => !made.test(path) && !generated.test(path))).toEqual([]);
  });
});

describe('what runs before a change is taken', () => {
  it('calls only commands that there are', () => {
    const text = readdirSync(`${ROOT}.ci`)
      .map((file) => readFileSync(`${ROOT}.ci/${file}`, 'utf8'))
      .join('\n');
    const called = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(called.length).toBeGreaterThan(2);
    expect(called.filter((name) => !hasScript(name))).toEqual([]);
  });
});
