import type { InferType } from 'yup';
import { SyncError } from '../../domain/errors.js';
import { entryDate } from '../../domain/entry-date.js';
import { addDays, zoneDay, zoneDayAt } from '../../domain/zone.js';
import type { Day } from '../../domain/time-entry.js';
import { parseList, parseReply } from '../parse.js';
import type { ZammadClient } from './client.js';
import { entrySeconds, type EntryRules } from './normalise.js';
import { reportRowSchema } from './schema.js';

/** Seconds by local month; null for a month in which an entry's unit is not known. */
type Totals = Map<string, number | null>;
type ReportRow = InferType<typeof reportRowSchema>;

/**
 * Seconds of local months by Zammad's own reports. Their months end at midnight UTC up to 6.4 and at midnight of
 * `timezone_default` later, so that a few hours of a month may stand in its neighbour's: a month that differs from what
 * is held is looked at again with its neighbours. Null when the token may not see the reports.
 */
export async function monthTotals(
  client: ZammadClient,
  rules: EntryRules,
  held: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number | null> | null> {
  const reports = new Map<string, readonly ReportRow[]>();
  const read = async (names: readonly string[]): Promise<boolean> => {
    for (const name of names.filter((one) => !reports.has(one))) {
      const rows = await readReport(client, name);
      if (rows === null) return false;
      reports.set(name, rows);
    }
    return true;
  };
  const months = [...held.keys()];
  if (!(await read(months.map((month) => reportOf(`${month}-01`))))) return null;
  const first = totalsOf(months, [...reports.values()].flat(), rules);
  const differing = months.filter((month) => first.get(month) !== held.get(month));
  if (!(await read(differing.flatMap((month) => reportsAround(month, rules.timeZone))))) return null;
  return totalsOf(months, [...reports.values()].flat(), rules);
}

async function readReport(client: ZammadClient, report: string): Promise<readonly ReportRow[] | null> {
  const { status, body } = await client.tryRead(`/time_accounting/log/by_activity/${report}`);
  if (status === 403) return null;
  if (status === 404) throw new SyncError('contract_broken', 'the month report does not exist', { status });
  return parseList(body, 'month report').map((row) => parseReply(reportRowSchema, row, 'month report'));
}

function totalsOf(months: readonly string[], rows: readonly ReportRow[], rules: EntryRules): Totals {
  const totals: Totals = new Map(months.map((month) => [month, 0]));
  for (const row of rows) {
    const month = entryDate(row.created_at, rules.timeZone).slice(0, 7);
    const sum = totals.get(month);
    if (typeof sum !== 'number') continue;
    const read = entrySeconds(row.time_unit, row.created_at, rules.unitPeriods);
    totals.set(month, read.ok ? sum + read.seconds : null);
  }
  return totals;
}

/** `YYYY/M` of each report that can hold rows of the local month, whether its months are UTC's or local. */
function reportsAround(month: string, timeZone: string): readonly string[] {
  const first = zoneDay(`${month}-01`, timeZone);
  const nextFirst = `${addDays(first.day, 31).slice(0, 7)}-01`;
  const last = zoneDay(addDays(nextFirst, -1), timeZone);
  const startsIn = zoneDayAt(first.startMs, 'UTC').day;
  const endsIn = zoneDayAt(last.endMs - 1, 'UTC').day;
  return [...new Set([startsIn, first.day, endsIn].map(reportOf))];
}

const reportOf = (day: Day): string => `${day.slice(0, 4)}/${Number(day.slice(5, 7))}`;
