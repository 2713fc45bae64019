import type { Locale } from './date';

const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day (`YYYY-MM-DD`) as people of a language write it, and as programs do; null for what is none. Numbers between
 * slashes are taken only where they can be read in one way: 11/5 is two different days.
 * @param today gives the year where none is named.
 */
export function parseDay(text: string, locale: Locale, today: string): string | null {
  const written = text.trim().toLowerCase();
  const year = today.slice(0, 4);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?$/.exec(written);
  if (dotted) return dayOf(dotted[3] ?? year, dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(written);
  if (slashed) return oneReading(slashed[3] ?? year, slashed[1], slashed[2]);
  if (locale !== 'en') return null;
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?$/.exec(written);
  if (monthFirst) return dayOf(monthFirst[3] ?? year, monthOf(monthFirst[1]), monthFirst[2]);
  const dayFirst = /^(\d{1,2})\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?$/.exec(written);
  return dayFirst && dayOf(dayFirst[3] ?? year, monthOf(dayFirst[2]), dayFirst[1]);
}

const monthOf = (name = ''): string => String(ENGLISH_MONTHS.indexOf(name.slice(0, 3)) + 1);

function oneReading(year: string, first: string | undefined, second: string | undefined): string | null {
  const readings = new Set([dayOf(year, first, second), dayOf(year, second, first)]);
  readings.delete(null);
  const [only, other] = readings;
  return other === undefined ? (only ?? null) : null;
}

function dayOf(year = '', month = '', day = ''): string | null {
  const full = year.length === 2 ? `20${year}` : year;
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}
