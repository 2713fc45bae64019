import { useNow } from '@vueuse/core';
import { useLocale } from '../i18n/use-locale';
import {
  formatCount,
  formatDay,
  formatMoney,
  formatMonth,
  formatShortDay as formatDayAndMonth,
  formatTime,
  formatWeekday,
} from '../../words/format';
import { formatAge, formatMoment, formatShortDay } from './date';
import { formatDuration } from './duration';

/** The formatters bound to the language that is shown; reading them in a template follows a switch. */
export function useFormat() {
  const { locale } = useLocale();
  const now = useNow({ interval: 30_000 });
  const today = () => now.value.toISOString().slice(0, 10);
  return {
    now,
    duration: formatDuration,
    difference: (seconds: number) => formatDuration(seconds, { signed: true }),
    day: (day: string) => formatDay(day, locale.value),
    dayWithWeekday: (day: string) => formatWeekday(day, locale.value),
    month: (month: string) => formatMonth(month, locale.value),
    shortDay: (day: string) => formatShortDay(day, locale.value, today()),
    /** `18.11.` / `Nov 18`, for the axis of a plot. */
    dayAndMonth: (day: string) => formatDayAndMonth(day, locale.value),
    time: (instant: string) => formatTime(instant, locale.value),
    moment: (instant: string) => formatMoment(instant, locale.value, now.value),
    age: (instant: string) => formatAge(instant, locale.value, now.value),
    money: (amount: number, currency: string | null) => formatMoney(amount, currency, locale.value),
    moneyDifference: (amount: number, currency: string | null) =>
      formatMoney(amount, currency, locale.value, { signed: true }),
    /** A number as Zammad has it; negative ones with a real minus. */
    decimal: (value: number) => formatCount(value, locale.value).replace('-', '−'),
    count: (value: number) => formatCount(value, locale.value),
  };
}
