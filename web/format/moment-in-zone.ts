import { formatTime, formatWeekday } from '../../words/format';
import type { Locale } from './date';

/** `Mo, 23.11.2026, 09:12 Uhr` / `Mon, Nov 23, 2026, 09:12` of an instant, in a time zone (IANA name). */
export function formatMomentIn(instant: string, locale: Locale, timeZone: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const;
  const day = new Intl.DateTimeFormat('en-CA', parts).format(new Date(instant));
  return `${formatWeekday(day, locale)}, ${formatTime(instant, locale, timeZone)}${locale === 'de' ? '\u00a0Uhr' : ''}`;
}
