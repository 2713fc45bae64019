import { describe, expect, it } from 'vitest';
import { fold, termFilter } from './search.js';

const finds = (term: string, description: string | null, meta: Record<string, string> = {}) =>
  termFilter(term)({ texts: [description === null ? null : fold(description)], meta });

describe('a search term', () => {
  it.each([
    ['drucker', 'Drucker offline [zmd-1-101]', true],
    ['[zmd-1-101]', 'Drucker offline [zmd-1-101]', true],
    ['zmd-1-101]', 'x [zmd-1-1010]', false],
    ['zmd-1', 'x [zmd-19-4]', true],
    ['offline drucker', 'Drucker offline', true],
    ['offline scanner', 'Drucker offline', false],
    ['"Drucker offline"', 'Drucker offline', false],
    ['!drucker', 'Drucker offline', false],
    ['!drucker', null, true],
    ['drucker', null, false],
    ['zmd:1', 'zmd:1', false],
    ['[zmd:1]', '[zmd:1]', false],
    ['hello:', 'well, hello: you', true],
    ['dr%er', 'Drucker', true],
    ['dr_cker', 'Drucker', true],
    ['100%', '100 Euro', true],
    ['muller', 'Müller', true],
    ['(a+b)', 'so (a+b) then', true],
  ])('%s on "%s": %s', (term, description, found) => {
    expect(finds(term, description)).toBe(found);
  });

  it.each([
    ['id:10', { id: '4101' }, true],
    ['id:!10', { id: '4101' }, false],
    ['id:*', { id: 'x' }, true],
    ['id:*', {}, false],
    ['id:~', {}, true],
    ['id:~', { id: 'x' }, false],
    ['id:""', {}, true],
    ['id:10', {}, false],
  ])('%s looks into custom fields %j: %s', (term, meta, found) => {
    expect(finds(term, 'no matter', meta)).toBe(found);
  });
});
