import { describe, expect, it } from 'vitest';
import { nameOfPeriod, periodOf } from './periods';

const NOW = new Date(2026, 0, 15, 23, 30);

describe('periods', () => {
  it('are whole days and months, across the turn of the year', () => {
    expect(periodOf('today', NOW)).toEqual({ from: '2026-01-15', to: '2026-01-15' });
    expect(periodOf('week', NOW)).toEqual({ from: '2026-01-09', to: '2026-01-15' });
    expect(periodOf('month', NOW)).toEqual({ from: '2026-01-01', to: '2026-01-31' });
    expect(periodOf('lastMonth', NOW)).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
  it('are known again by their days; others have no name', () => {
    expect(nameOfPeriod({ from: '2025-12-01', to: '2025-12-31' }, NOW)).toBe('lastMonth');
    expect(nameOfPeriod({ from: '2025-12-01', to: '' }, NOW)).toBeUndefined();
  });
});
