import { SyncError } from '../../domain/errors.js';
import { entryDate } from '../../domain/entry-date.js';
import { addDays, zoneDay, zoneDayAt } from '../../domain/zone.js';
import type { Day } from '../../domain/time-entry.js';
import { parseList, parseReply } from '../parse.js';
import type { ZammadClient } from './client.js';
import { FLAT_PERMISSION } from './flat-listing.js';
import { entrySeconds, type EntryRules } from './normalise.js';
import { countSchema, reportRowSchema } from './schema.js';

/** `total_count` of the flat listing is an exact COUNT(*). */
export async function countEntries(client: ZammadClient): Promise<number> {
  const { body } = await client.read('/time_accountings', { full: true, per_page: 1 }, FLAT_PERMISSION);
  return parseReply(countSchema, body, 'GET /time_accountings?full=true').total_count;
}

/**
 * Seconds of a local month by Zammad's own report. Its months end at midnight UTC up to 6.4 and at midnight of
 * `timezone_default` later, so the neighbours are read too and rows are counted by our own zone.
 * Null when the token may not see the report or the unit of a row is not known.
 */
export async function monthTotalSeconds(
  client: ZammadClient,
  rules: EntryRules,
  year: number,
  month: number,
): Promise<number | null> {
  const wanted = `${year}-${String(month).padStart(2, '0')}`;
  let total = 0;
  for (const report of reportsAround(wanted, rules.timeZone)) {
    const { status, body } = await client.tryRead(`/time_accounting/log/by_activity/${report}`);
    if (status === 403) return null;
    if (status === 404) throw new SyncError('contract_broken', 'the month report does not exist', { status });
    const rows = parseList(body, 'month report').map((row) =>
      parseReply(reportRowSchema, row, 'month report'),
    );
    for (const row of rows) {
      if (!entryDate(row.created_at, rules.timeZone).startsWith(wanted)) continue;
      const read = entrySeconds(row.time_unit, row.created_at, rules.unitPeriods);
      if (!read.ok) return null;
      total += read.seconds;
    }
  }
  return total;
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
