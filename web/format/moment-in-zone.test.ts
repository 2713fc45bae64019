import { expect, it } from 'vitest';
import { formatMomentIn } from './moment-in-zone';

it('shows day and time of the zone it is given, not those of the browser', () => {
  expect(formatMomentIn('2026-11-23T23:30:00Z', 'de', 'Europe/Berlin')).toBe(
    'Di, 24.11.2026, 00:30\u00a0Uhr',
  );
  expect(formatMomentIn('2026-11-23T23:30:00Z', 'en', 'UTC')).toBe('Mon, Nov 23, 2026, 23:30');
});
it('follows the change to summer time', () => {
  expect(formatMomentIn('2026-03-29T00:30:00Z', 'de', 'Europe/Berlin')).toContain('01:30');
  expect(formatMomentIn('2026-03-29T01:30:00Z', 'de', 'Europe/Berlin')).toContain('03:30');
});
