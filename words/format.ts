/** The languages Timebridge speaks. */
export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

const WEEKDAYS = {
  de: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = {
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const;

/** `1:30 h`: hours and minutes, no leading zero; seconds only where there are some (`0:07:30 h`). */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? MINUS : '';
  return `${sign}${clock(Math.abs(seconds))}${NO_BREAK_SPACE}h`;
}

/** `+0:30 h`, `−0:15 h`: a difference always shows its sign, with a real minus; zero has none. */
export function formatDifference(seconds: number): string {
  return seconds > 0 ? `+${formatDuration(seconds)}` : formatDuration(seconds);
}

function clock(seconds: number): string {
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60) % 60;
  const text = `${Math.floor(seconds / 3600)}:${twoDigits(minutes)}`;
  return rest === 0 ? text : `${text}:${twoDigits(rest)}`;
}

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');

/** `23.11.2026` and `Nov 23, 2026` of a day `YYYY-MM-DD`; months by name in English, where 11/23 would be read twice. */
export function formatDay(day: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (language === 'de') return `${date}.${month}.${year}`;
  return `${monthName(Number(month), 'en').slice(0, 3)} ${Number(date)}, ${year}`;
}

/** `Mo, 23.11.2026` and `Mon, Nov 23, 2026`. */
export function formatWeekday(day: string, language: Language): string {
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday}, ${formatDay(day, language)}`;
}

/** `23.11.` and `Nov 23`, for days of the current year. */
export function formatShortDay(day: string, language: Language): string {
  const [, month = '', date = ''] = day.split('-');
  return language === 'de'
    ? `${date}.${month}.`
    : `${monthName(Number(month), 'en').slice(0, 3)} ${Number(date)}`;
}

/** `November 2026` of a month `YYYY-MM`. */
export function formatMonth(month: string, language: Language): string {
  const [year = '', number = ''] = month.split('-');
  return `${monthName(Number(number), language)} ${year}`;
}

const monthName = (month: number, language: Language): string => MONTHS[language][month - 1] ?? '';

/** `09:12` of an instant, in both languages, in a time zone (IANA name; the reader's own when none is given). */
export function formatTime(instant: string, language: Language, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', ...zoneOption(timeZone) };
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', options).format(new Date(instant));
}

/** `23.11.2026, 09:12 Uhr` and `Nov 23, 2026, 09:12`. */
export function formatDateTime(instant: string, language: Language, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zoneOption(timeZone),
  }).format(new Date(instant));
  const time = formatTime(instant, language, timeZone);
  return `${formatDay(parts, language)}, ${time}${language === 'de' ? ' Uhr' : ''}`;
}

const zoneOption = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone });

/** A count with thousands separators as people of the language write them. */
export const formatCount = (count: number, language: Language): string =>
  new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-US').format(count);

/**
 * `1.234,50 €` and `€1,234.50`; with a sign where it is a difference. A currency that is not known is left out rather
 * than guessed.
 */
export function formatMoney(
  amount: number,
  currency: string | null,
  language: Language,
  { signed = false }: { readonly signed?: boolean } = {},
): string {
  const style = currency === null ? {} : { style: 'currency' as const, currency };
  const text = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-US', {
    ...style,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: signed ? 'exceptZero' : 'auto',
  }).format(amount);
  return text.replace('-', '\u2212');
}

/** `„…“` and `"…"`. */
export const quote = (text: string, language: Language): string =>
  language === 'de' ? `„${text}“` : `"${text}"`;
