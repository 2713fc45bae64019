import type { Timesheet } from '../timesheet.js';
import { byId, type Booking, type Case } from './books.js';
import { daysBetween, msOf } from './calendar.js';

/** A lead without a link whose mappings are complete. */
export type Open = { readonly about: Case; readonly booking: Booking };

const WEIGHTS = { date: 0.25, duration: 0.25, person: 0.05, text: 0.3, project: 0.15 };
const BY_DAYS_OFF = [1, 0.4, 0.2, 0.1];
const MOST = 5;

/** The ticket's number as a whole word, `#` before it or not. */
export const namesNumber = (text: string | null, number: string): boolean =>
  text !== null &&
  number !== '' &&
  new RegExp(`(?<![\\p{L}\\p{N}_-]#?)${number}(?![\\p{L}\\p{N}_-])`, 'u').test(text);

const longWords = (text: string): readonly string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= 4),
  ),
];

export function scoreOf({ about, booking }: Open, row: Timesheet): number {
  const { entry, frozen } = about.lead;
  const words = longWords(entry.ticketTitle);
  const said = longWords(row.description ?? '');
  const shared = words.length === 0 ? 0 : words.filter((word) => said.includes(word)).length / words.length;
  const longer = Math.max(about.sum, row.seconds, 1);
  const score =
    WEIGHTS.date * (BY_DAYS_OFF[Math.abs(daysBetween(frozen.entryDate, row.day))] ?? 0) +
    WEIGHTS.duration * Math.max(0, 1 - (2 * Math.abs(about.sum - row.seconds)) / longer) +
    WEIGHTS.person +
    WEIGHTS.text * (namesNumber(row.description, entry.ticketNumber) ? 1 : shared) +
    WEIGHTS.project * (row.projectId === booking.projectId ? 1 : 0);
  return Math.round(score * 1000) / 1000;
}

/** Each row to one lead: first the closest row for each lead, the closest pair first; then up to five. */
export function propose(
  open: readonly Open[],
  rows: readonly Timesheet[],
  threshold: number,
): ReadonlyMap<Open, readonly Timesheet[]> {
  const found = new Map<Open, readonly Timesheet[]>();
  const pairs = open
    .flatMap((one) => rows.map((row) => ({ one, row, score: scoreOf(one, row) })))
    .filter(
      ({ one, row, score }) =>
        row.userId === one.booking.userId &&
        Math.abs(daysBetween(one.about.lead.frozen.entryDate, row.day)) < BY_DAYS_OFF.length &&
        score >= threshold,
    )
    .sort(
      (a, b) =>
        b.score - a.score ||
        Math.abs(a.row.seconds - a.one.about.sum) - Math.abs(b.row.seconds - b.one.about.sum) ||
        beginOff(a) - beginOff(b) ||
        byId(a.one.about.lead.entry.sourceId, b.one.about.lead.entry.sourceId) ||
        byId(a.row.externalId, b.row.externalId),
    );
  for (const most of [1, MOST])
    for (const { one, row } of pairs) {
      const known = found.get(one) ?? [];
      const isGiven = [...found.values()].flat().includes(row);
      if (!isGiven && known.length < most) found.set(one, [...known, row]);
    }
  return found;
}

const beginOff = ({ one, row }: { readonly one: Open; readonly row: Timesheet }): number =>
  Math.abs(msOf(row.begin) - msOf(one.about.lead.frozen.bookedAt));
