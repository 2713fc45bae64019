import { describe, expect, it } from 'vitest';
import { filtersFrom, trailQuery } from './trail-filters';

describe('the filters of the trail', () => {
  it('reach from the first instant of the first day to the end of the last one', () => {
    const { from, to, ...rest } = trailQuery(filtersFrom({ from: '2026-11-23', to: '2026-11-23', run: '7' }));
    expect(rest).toEqual({ run: '7' });
    expect(new Date(from ?? '')).toEqual(new Date(2026, 10, 23));
    expect(new Date(to ?? '')).toEqual(new Date(2026, 10, 24));
  });

  it('are left out when they are empty or no day', () => {
    expect(trailQuery(filtersFrom({ from: 'yesterday', action: '' }))).toEqual({});
  });
});
