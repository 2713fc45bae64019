import type { ReplyOf } from '../../../api/contract';
import type { readOverview } from '../../../api/overview/read-overview.contract';

export type Week = ReplyOf<typeof readOverview>['weeks'][number];

/** From the foot of a bar upwards. `pending` is on its way to Kimai. */
export const STANDINGS = ['agreed', 'waiting', 'pending', 'skipped'] as const;
export type Standing = (typeof STANDINGS)[number];

export const secondsOf = (week: Week, standing: Standing): number => week[`${standing}Seconds`];

const HOUR = 3600;
/** Round numbers of hours that a scale may end at, so that its half is round too. */
const STEPS = [2, 4, 10, 20, 40, 60, 80, 100, 160, 200, 300, 400, 600, 800, 1_000];

/** Where the scale ends, in whole hours: the first round number above the tallest bar. */
export function scaleHours(weeks: readonly Week[]): number {
  const tallest = Math.max(0, ...weeks.map((week) => heightOf(week))) / HOUR;
  return STEPS.find((step) => step >= tallest) ?? Math.ceil(tallest / 1_000) * 1_000;
}

/** A week whose corrections outweigh its time has no bar there; the table has the number. */
const heightOf = (week: Week): number =>
  STANDINGS.reduce((sum, standing) => sum + Math.max(0, secondsOf(week, standing)), 0);

export type Segment = { readonly standing: Standing; readonly percent: number };

/** The parts of a week's bar, in per cent of the scale; parts without time are left out. */
export const segmentsOf = (week: Week, hours: number): readonly Segment[] =>
  STANDINGS.map((standing) => ({
    standing,
    percent: (Math.max(0, secondsOf(week, standing)) / (hours * HOUR)) * 100,
  })).filter(({ percent }) => percent > 0);

/** The last day of the week that begins on this Monday, `YYYY-MM-DD`. */
export function sundayOf(monday: string): string {
  const day = new Date(`${monday}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 6);
  return day.toISOString().slice(0, 10);
}
