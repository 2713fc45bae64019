import { describe, expect, it } from 'vitest';
import { filtersFrom, standingOf } from './standing-filters';

describe('the filters of the entries', () => {
  it('come from the address', () => {
    expect(
      filtersFrom({ state: 'skipped', bridge: 'main', from: '2026-11-23', to: '2026-11-29', rule: 'any' }),
    ).toEqual({
      state: 'skipped',
      bridge: 'main',
      from: '2026-11-23',
      to: '2026-11-29',
      rule: 'any',
    });
  });

  it('leave out what is not known instead of failing on it', () => {
    expect(filtersFrom({ state: 'gone', from: 'yesterday', to: ['2026-11-29'], rule: 'x' })).toEqual({
      ...{ state: '', bridge: '', from: '', to: '', rule: '' },
    });
  });

  it('take what is new and what is pending for the same', () => {
    expect(standingOf('new')).toBe('underway');
    expect(standingOf('pending')).toBe('underway');
    expect(standingOf('agreed')).toBe('agreed');
  });
});
