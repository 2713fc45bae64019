export type Locale = 'de' | 'en';

const TAGS = { de: 'de-DE', en: 'en-US' } as const;
const NO_BREAK_SPACE = '\u00a0';

/** A calendar day (`YYYY-MM-DD`) belongs to no zone: it is formatted in UTC, where it is midnight. */
function dayInUtc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function weekday(date: Date, locale: Locale, timeZone?: string): string {
  const text = new Intl.DateTimeFormat(TAGS[locale], { weekday: 'short', timeZone }).format(date);
  return text.replace('.', '');
}

/** `23.11.2026` / `Nov 23, 2026`. */
export function formatDay(day: string, locale: Locale): string {
  const options: Intl.DateTimeFormatOptions =
    locale === 'de'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone: 'UTC' }).format(dayInUtc(day));
}

/** `Mi, 18.11.2026` / `Wed, Nov 18, 2026`. */
export function formatDayWithWeekday(day: string, locale: Locale): string {
  return `${weekday(dayInUtc(day), locale, 'UTC')}, ${formatDay(day, locale)}`;
}

/** `Mi 18.11.` / `Wed Nov 18`; the year is added when it is not the one of `today`. */
export function formatShortDay(day: string, locale: Locale, today: string): string {
  if (day.slice(0, 4) !== today.slice(0, 4)) return formatDay(day, locale);
  const options: Intl.DateTimeFormatOptions =
    locale === 'de' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'short' };
  const date = dayInUtc(day);
  const text = new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone: 'UTC' }).format(date);
  return `${weekday(date, locale, 'UTC')} ${text}`;
}

/** `09:12` / `9:12 AM`, in the zone of the browser. */
export function formatTime(instant: string, locale: Locale): string {
  return new Intl.DateTimeFormat(TAGS[locale], { hour: locale === 'de' ? '2-digit' : 'numeric', minute: '2-digit' })
    .format(new Date(instant))
    .replace(/\s/, NO_BREAK_SPACE);
}

/** `18.11. 16:02` / `Nov 18, 4:02 PM`; another year than the one of `now` is named. */
export function formatMoment(instant: string, locale: Locale, now: Date): string {
  const date = new Date(instant);
  const sameYear = date.getFullYear() === now.getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  const options: Intl.DateTimeFormatOptions =
    locale === 'de' ? { day: '2-digit', month: '2-digit', ...year } : { day: 'numeric', month: 'short', ...year };
  const text = new Intl.DateTimeFormat(TAGS[locale], options).format(date);
  return `${text}${locale === 'de' ? ' ' : ', '}${formatTime(instant, locale)}`;
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

/** Thousands as the language groups them. */
export function formatCount(value: number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(value);
}
