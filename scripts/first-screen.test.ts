import { describe, expect, it } from 'vitest';
import { firstScreenBytes } from './first-screen.js';

const MANIFEST = {
  'index.html': { file: 'index.js', css: ['index.css'], imports: ['_vue.js'] },
  '_vue.js': { file: 'vue.js' },
  'shell/app-shell.vue': { file: 'shell.js', imports: ['index.html', '_vue.js'] },
  'screens/inbox/inbox-screen.vue': { file: 'inbox.js', imports: ['_vue.js'] },
  'screens/rules/rules-screen.vue': { file: 'rules.js', imports: ['_vue.js'] },
  'i18n/de.ts': { file: 'de.js' },
  'i18n/en.ts': { file: 'en.js' },
  '../words/de.ts': { file: 'words-de.js' },
  '../words/en.ts': { file: 'words-en.js' },
};
const SIZES: Readonly<Record<string, number>> = {
  'index.js': 100,
  'index.css': 20,
  'vue.js': 1_000,
  'shell.js': 30,
  'inbox.js': 40,
  'rules.js': 100_000,
  'de.js': 5,
  'words-de.js': 7,
  'en.js': 4,
  'words-en.js': 6,
};
const sizeOf = (file: string) => SIZES[file] ?? Number.NaN;

describe('the weight of the first screen', () => {
  it('counts each file once, styles too, no other screen, and the heavier of the two languages', () => {
    expect(firstScreenBytes(MANIFEST, sizeOf)).toBe(1_202);
  });

  it('does not call a build light whose inbox it cannot find', () => {
    const { 'screens/inbox/inbox-screen.vue': _, ...rest } = MANIFEST;
    expect(() => firstScreenBytes(rest, sizeOf)).toThrow('inbox-screen.vue');
  });
});
