import { monthOf } from './entry-date.js';
import { groupBy } from './group-by.js';
import { sumsByLead, type LeadSum, type Sum, type SumsInput } from './sums.js';
import type { Seconds } from './time-entry.js';

export type MonthSum = Sum & {
  /** `YYYY-MM` of the entries' day. */
  readonly month: string;
  readonly byCustomer: Readonly<Record<string, Sum>>;
  /** Time before `start_from`: a line of its own, compared with nothing. */
  readonly beforeStart: Seconds;
  /** Entries that could not be read: above zero, the sum is incomplete, whatever it says. */
  readonly unreadable: number;
  /** Where it breaks, and by how much. */
  readonly brokenLeads: readonly { readonly leadId: string; readonly seconds: Seconds }[];
};

const EMPTY: Sum = { source: 0, target: 0, rounding: 0, accepted: 0, open: 0, broken: 0 };

/** Proof per month with customers as a breakdown, oldest month first. Months without anything are left out. */
export function sumsByMonth(input: SumsInput): readonly MonthSum[] {
  const leads = groupBy(sumsByLead(input), (sum) => monthOf(sum.day));
  const entries = groupBy(input.entries, ({ frozen }) => monthOf(frozen.entryDate));
  const months = [...new Set([...leads.keys(), ...entries.keys()])].sort();
  return months.map((month) => {
    const sums = leads.get(month) ?? [];
    const booked = entries.get(month) ?? [];
    const early = booked.filter(
      ({ entry, frozen }) => frozen.entryDate < input.startFrom && !entry.deletedAt,
    );
    return {
      month,
      ...total(sums),
      byCustomer: byCustomer(sums),
      beforeStart: early.reduce((sum, { entry }) => sum + (entry.seconds ?? 0), 0),
      unreadable: booked.filter(({ entry }) => entry.seconds === null && !entry.deletedAt).length,
      brokenLeads: sums
        .filter((sum) => sum.broken !== 0)
        .map(({ leadId, broken }) => ({ leadId, seconds: broken })),
    };
  });
}

function byCustomer(sums: readonly LeadSum[]): Readonly<Record<string, Sum>> {
  const groups = groupBy(sums, (sum) => sum.customerKey);
  return Object.fromEntries([...groups].map(([key, group]) => [key, total(group)]));
}

const total = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (left, right) => ({
      source: left.source + right.source,
      target: left.target + right.target,
      rounding: left.rounding + right.rounding,
      accepted: left.accepted + right.accepted,
      open: left.open + right.open,
      broken: left.broken + right.broken,
    }),
    EMPTY,
  );
