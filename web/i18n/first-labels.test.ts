import { describe, expect, it } from 'vitest';
import screens from './de-screens';

/** What stands there before any other screen was opened. */
const FIRST: Readonly<Record<string, string>> = {
  ...import.meta.glob<string>('../{api,components,data,keys,shell}/**/*.{ts,vue}', {
    ...{ eager: true, query: '?raw', import: 'default' },
  }),
  ...import.meta.glob<string>('../screens/{inbox,login}/**/*.{ts,vue}', {
    ...{ eager: true, query: '?raw', import: 'default' },
  }),
};

describe('the labels that are loaded first', () => {
  it('are all that the inbox, the log-in and what every screen is made of need', () => {
    const later = new RegExp(`['\`](${Object.keys(screens).join('|')})\\.[a-zA-Z]`);
    const found = Object.entries(FIRST).flatMap(([file, text]) => {
      const key = later.exec(text)?.[0];
      return key === undefined ? [] : [`${file} says ${key}…`];
    });
    expect(Object.keys(FIRST).length).toBeGreaterThan(80);
    expect(found).toEqual([]);
  });
});
