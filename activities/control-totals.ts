import type { TimeSource } from '../connectors/port.js';
import type { RunWarning } from '../db/stores/run-checks.js';
import { stagedMonth } from '../db/stores/run-checks.js';
import { reason } from '../domain/reason.js';
import type { ActivityDeps } from './deps.js';

/** One month by the source's own report and by what we hold of it, in seconds. */
export type ControlTotal = {
  readonly month: string;
  /** Null when the source cannot tell (a missing permission, a unit that is not known). */
  readonly reported: number | null;
  readonly held: number;
  readonly unreadable: number;
};

type Months = {
  /** First month that matters, `YYYY-MM`. */
  readonly from: string;
  readonly most: number;
};

/**
 * The independent control of the source side (books.md, "The sum must come out"): its month report against what is
 * staged. The report skips tickets that are gone, and so do our tombstones. Somebody may book while we compare, so a
 * difference is looked at a second time after `catchUp`.
 */
export async function controlTotals(
  deps: ActivityDeps,
  connectorId: string,
  source: TimeSource,
  months: Months,
  catchUp: () => Promise<void>,
): Promise<{ readonly totals: readonly ControlTotal[]; readonly warnings: readonly RunWarning[] }> {
  const controlled = newestMonths(deps.now(), months);
  let totals = await compare(deps, connectorId, source, controlled);
  if (totals.some(differs)) {
    await catchUp();
    totals = await compare(deps, connectorId, source, controlled);
  }
  return { totals, warnings: warningsOf(totals) };
}

async function compare(
  deps: ActivityDeps,
  connectorId: string,
  source: TimeSource,
  months: readonly string[],
): Promise<readonly ControlTotal[]> {
  const session = { db: deps.db, tx: null };
  const staged = new Map<string, Awaited<ReturnType<typeof stagedMonth>>>();
  for (const month of months) staged.set(month, await stagedMonth(session, connectorId, month));
  const reported = await source.monthTotals(
    new Map([...staged].map(([month, { seconds }]) => [month, seconds])),
  );
  return [...staged].map(([month, { seconds, unreadable }]) => ({
    month,
    reported: reported?.get(month) ?? null,
    held: seconds,
    unreadable,
  }));
}

const differs = ({ reported, held }: ControlTotal): boolean => reported !== null && reported !== held;

const warningsOf = (totals: readonly ControlTotal[]): readonly RunWarning[] =>
  totals.flatMap(({ month, reported, held, unreadable }) =>
    reported === null || reported === held
      ? []
      : [
          reason('control_differs', {
            monthDay: `${month}-01`,
            reportedSeconds: reported,
            heldSeconds: held,
            differenceSeconds: held - reported,
            unreadable,
          }),
        ],
  );

/** Months from this one back, `YYYY-MM`. */
export function newestMonths(now: Date, { from, most }: Months): readonly string[] {
  const months: string[] = [];
  for (let back = 0; back < most; back += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7);
    if (month < from) break;
    months.push(month);
  }
  return months;
}
