import { expect, it } from 'vitest';
import { formatElsewhere, formatInBothZones, formatMomentIn } from './moment-in-zone';

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
it('tells both zones where their clocks differ, and the one of the bridge where they do not', () => {
  const instant = '2026-11-23T23:30:00Z';
  expect(formatInBothZones(instant, 'en', 'Europe/Berlin', 'America/New_York')).toBe(
    'Tue, Nov 24, 2026, 00:30 (Europe/Berlin)\nMon, Nov 23, 2026, 18:30 (America/New_York)',
  );
  expect(formatInBothZones(instant, 'en', 'Europe/Berlin', 'Europe/Vienna')).toBe(
    'Tue, Nov 24, 2026, 00:30 (Europe/Berlin)',
  );
});
it('names the time of the bridge only to those whose clock shows another', () => {
  const instant = '2026-11-23T23:30:00Z';
  expect(formatElsewhere(instant, 'de', 'Europe/Berlin', 'America/New_York')).toBe('00:30 (Europe/Berlin)');
  expect(formatElsewhere(instant, 'de', 'Europe/Berlin', 'Europe/Vienna')).toBe('');
});
