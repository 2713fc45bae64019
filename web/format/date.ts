import {
  formatDay,
  formatShortDay as shortDay,
  formatTime,
  formatWeekday,
  type Language,
} from '../../words/format';

export type Locale = Language;

const NO_BREAK_SPACE = '\u00a0';

/** `Mi 18.11.` / `Wed Nov 18`; the year is added when it is not the one of `today`. */
export function formatShortDay(day: string, locale: Locale, today: string): string {
  if (day.slice(0, 4) !== today.slice(0, 4)) return formatDay(day, locale);
  const weekday = formatWeekday(day, locale).split(',')[0] ?? '';
  return `${weekday} ${shortDay(day, locale)}`;
}

/** `18.11. 16:02` / `Nov 18, 16:02` in the zone of the browser; another year than the one of `now` is named. */
export function formatMoment(instant: string, locale: Locale, now: Date): string {
  const day = localDay(new Date(instant), 0);
  const sameYear = day.slice(0, 4) === localDay(now, 0).slice(0, 4);
  const text = sameYear ? shortDay(day, locale) : formatDay(day, locale);
  return `${text}${locale === 'de' ? ' ' : ', '}${formatTime(instant, locale)}`;
}

/** A day in the zone of the browser, so many days from an instant, `YYYY-MM-DD`. */
export function localDay(instant: Date, daysAhead: number): string {
  const day = new Date(instant.getFullYear(), instant.getMonth(), instant.getDate() + daysAhead);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_LETTER = { de: 'T', en: 'd' } as const;

/** How long ago, in its largest unit: `5 min`, `3 h`, `2 T`. */
export function formatAge(instant: string, locale: Locale, now: Date): string {
  const age = Math.max(0, now.getTime() - new Date(instant).getTime());
  if (age < HOUR) return `${Math.max(1, Math.floor(age / MINUTE))}${NO_BREAK_SPACE}min`;
  if (age < DAY) return `${Math.floor(age / HOUR)}${NO_BREAK_SPACE}h`;
  return `${Math.floor(age / DAY)}${NO_BREAK_SPACE}${DAY_LETTER[locale]}`;
}
