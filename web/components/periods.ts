import { localDay } from '../format/date';

export const PERIODS = ['today', 'week', 'month', 'lastMonth'] as const;
export type PeriodName = (typeof PERIODS)[number];
/** First and last day, `YYYY-MM-DD`; empty for no limit. */
export type Period = { readonly from: string; readonly to: string };

/** The days of a named period, in the zone of the browser. */
export function periodOf(name: PeriodName, now: Date): Period {
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const today = localDay(now, 0);
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: localDay(now, -6), to: today };
    case 'month':
      return { from: localDay(new Date(year, month, 1), 0), to: localDay(new Date(year, month + 1, 0), 0) };
    case 'lastMonth':
      return { from: localDay(new Date(year, month - 1, 1), 0), to: localDay(new Date(year, month, 0), 0) };
  }
}

/** What these days are called, if anything. */
export const nameOfPeriod = ({ from, to }: Period, now: Date): PeriodName | undefined =>
  PERIODS.find((name) => {
    const period = periodOf(name, now);
    return period.from === from && period.to === to;
  });
