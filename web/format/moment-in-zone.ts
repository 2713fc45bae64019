import { formatTime, formatWeekday } from '../../words/format';
import type { Locale } from './date';

/** The calendar day `YYYY-MM-DD` that it is in a time zone (IANA name). */
export function dayIn(instant: string, timeZone: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(new Date(instant));
}

/** `Mo, 23.11.2026, 09:12 Uhr` / `Mon, Nov 23, 2026, 09:12` of an instant, in a time zone (IANA name). */
export function formatMomentIn(instant: string, locale: Locale, timeZone: string): string {
  return `${formatWeekday(dayIn(instant, timeZone), locale)}, ${formatTime(instant, locale, timeZone)}${locale === 'de' ? '\u00a0Uhr' : ''}`;
}

/**
 * An instant in the zone of the bridge, in which Kimai shows it, and below that in the one of the browser where the two
 * differ on the clock.
 */
export function formatInBothZones(
  instant: string,
  locale: Locale,
  bridgeZone: string,
  ownZone: string,
): string {
  const lines = [bridgeZone, ownZone].map((zone) => ({ zone, text: formatMomentIn(instant, locale, zone) }));
  const told = lines.filter(({ text }, place) => place === 0 || text !== lines[0]?.text);
  return told.map(({ zone, text }) => `${text} (${zone})`).join('\n');
}

/** The time of day in the zone of the bridge, where it is not the one on the browser's clock; else nothing. */
export function formatElsewhere(
  instant: string,
  locale: Locale,
  bridgeZone: string,
  ownZone: string,
): string {
  const there = formatMomentIn(instant, locale, bridgeZone);
  if (there === formatMomentIn(instant, locale, ownZone)) return '';
  return `${formatTime(instant, locale, bridgeZone)} (${bridgeZone})`;
}
