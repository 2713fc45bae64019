import { describe, expect, it } from 'vitest';
import { firstScreenBytes } from './first-screen.js';

const MANIFEST = {
  'index.html': { file: 'index.js', css: ['index.css'], imports: ['_vue.js'] },
  '_vue.js': { file: 'vue.js' },
  'shell/app-shell.vue': { file: 'shell.js', imports: ['index.html', '_vue.js'] },
  'screens/inbox/inbox-screen.vue': { file: 'inbox.js', imports: ['_vue.js'] },
  'screens/inbox/item/item-pane.vue': { file: 'pane.js', css: ['pane.css'], imports: ['_vue.js'] },
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
  'pane.js': 300,
  'pane.css': 8,
  'rules.js': 100_000,
  'de.js': 5,
  'words-de.js': 7,
  'en.js': 4,
  'words-en.js': 6,
};
const sizeOf = (file: string) => SIZES[file] ?? Number.NaN;

describe('the weight of the first screen', () => {
  it('counts each file once, styles too, no other screen, the heavier of the two languages, and a case beside the list', () => {
    expect(firstScreenBytes(MANIFEST, sizeOf)).toEqual({ list: 1_202, withCase: 1_510 });
  });

  it('does not call a build light whose inbox or case it cannot find', () => {
    for (const screen of ['screens/inbox/inbox-screen.vue', 'screens/inbox/item/item-pane.vue']) {
      const rest = Object.fromEntries(Object.entries(MANIFEST).filter(([key]) => key !== screen));
      expect(() => firstScreenBytes(rest, sizeOf)).toThrow(screen);
    }
  });
});
