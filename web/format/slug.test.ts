import { expect, it } from 'vitest';
import { isSlug, slugOf } from './slug';

it.each([
  ['Zammad → Kimai', 'zammad-kimai'],
  ['Büro Köln & Straße', 'buero-koeln-strasse'],
  ['Café', 'cafe'],
  ['  --- ', ''],
])('makes %s into %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
it('makes only what the API takes, however long the name', () => {
  expect(isSlug(slugOf(`${'a'.repeat(39)} bcd`))).toBe(true);
  expect(isSlug('')).toBe(false);
  expect(isSlug('-a')).toBe(false);
});
