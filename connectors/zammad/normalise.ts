import { toSeconds, type DurationProblem } from '../../domain/duration.js';
import { entryDate } from '../../domain/entry-date.js';
import type { SourceEntry, SourceTicket, UnreadableRecord } from '../../domain/staged.js';
import type { Instant, Seconds } from '../../domain/time-entry.js';
import { instantMs, toInstant } from '../../domain/zone.js';
import { readRecord } from '../parse.js';
import type { ConnectorContext } from '../port.js';
import { entrySchema, isRecord, type ZammadEntry, type ZammadTicket, type ZammadUser } from './schema.js';

export type UnitPeriods = ConnectorContext['unitPeriods'];

/** How a person is shown and mapped; Zammad's system user is `-`. */
export type Person = { readonly name: string; readonly email: string | null };

export type EntryRules = Pick<ConnectorContext, 'timeZone' | 'unitPeriods'>;
export type EntryNames = { readonly person: Person; readonly typeName: string | null };

/** The unit in force when an entry was booked; null when no confirmed period covers that moment. */
export function secondsPerUnitAt(periods: UnitPeriods, at: Instant): number | null {
  const reached = periods.filter(({ from }) => from === null || Date.parse(from) <= Date.parse(at));
  return reached.at(-1)?.secondsPerUnit ?? null;
}

export type EntrySeconds =
  | { readonly ok: true; readonly seconds: Seconds }
  | { readonly ok: false; readonly problem: DurationProblem | 'unit_unknown' };

/** Seconds of an entry by the unit of its time, exactly; `unit_unknown` when no confirmed period covers it. */
export function entrySeconds(unitText: string, at: Instant, periods: UnitPeriods): EntrySeconds {
  const secondsPerUnit = secondsPerUnitAt(periods, at);
  return secondsPerUnit === null
    ? { ok: false, problem: 'unit_unknown' }
    : toSeconds(unitText, secondsPerUnit);
}

/** Zammad has no day of work and no text of its own: the day is the local day of booking, the text is empty. */
export function normaliseEntry(raw: ZammadEntry, rules: EntryRules, names: EntryNames): SourceEntry {
  const read = entrySeconds(raw.time_unit, raw.created_at, rules.unitPeriods);
  return {
    sourceId: String(raw.id),
    ticketId: String(raw.ticket_id),
    unitText: raw.time_unit,
    seconds: read.ok ? read.seconds : null,
    activityTypeId: textOrNull(raw.type_id),
    activityTypeName: names.typeName,
    userId: String(raw.created_by_id),
    userName: names.person.name,
    userEmail: names.person.email,
    articleId: textOrNull(raw.ticket_article_id),
    description: '',
    entryDate: entryDate(raw.created_at, rules.timeZone),
    bookedAt: instant(raw.created_at),
    updatedAt: instant(raw.updated_at),
    unreadable: read.ok ? null : read.problem,
    tags: [],
  };
}

export type TicketNames = {
  readonly organizationName: string | null;
  readonly customerName: string | null;
  readonly merged: boolean;
};

/** A ticket with the names that came along or were looked up. */
export function normaliseTicket(raw: ZammadTicket, names: TicketNames): SourceTicket {
  return {
    ticketId: String(raw.id),
    ticketNumber: raw.number,
    ticketTitle: raw.title,
    organizationId: textOrNull(raw.organization_id),
    organizationName: names.organizationName,
    ticketCustomerId: String(raw.customer_id),
    ticketCustomerName: names.customerName,
    groupId: String(raw.group_id),
    ticketMerged: names.merged,
    // Zammad keeps the merge as a link between tickets, which no bulk reading tells.
    mergedInto: null,
    unitSum: raw.time_unit,
    articleCount: raw.article_count ?? null,
    updatedAt: instant(raw.updated_at),
  };
}

export function normalisePerson(user: ZammadUser): Person {
  const full = [user.firstname, user.lastname].filter(Boolean).join(' ');
  return {
    name: full === '' ? user.login : full,
    email: user.email === '' ? null : (user.email ?? null),
  };
}

export type SortedRecords = {
  readonly entries: readonly ZammadEntry[];
  readonly unreadable: readonly UnreadableRecord[];
};

/** Tells the records of a page that can be read from those that cannot; one without an id breaks the page. */
export function sortRecords(records: readonly unknown[]): SortedRecords | null {
  const entries: ZammadEntry[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const record of records) {
    const parsed = readRecord(entrySchema, record);
    if (parsed.ok) {
      entries.push(parsed.value);
      continue;
    }
    const sourceId = isRecord(record) ? idText(record['id']) : null;
    if (sourceId === null || !isRecord(record)) return null;
    unreadable.push({ sourceId, ticketId: idText(record['ticket_id']), problem: parsed.problem });
  }
  return { entries, unreadable };
}

const idText = (value: unknown): string | null => (Number.isSafeInteger(value) ? String(value) : null);
const textOrNull = (id: number | null | undefined): string | null =>
  typeof id === 'number' ? String(id) : null;
const instant = (text: string): Instant => toInstant(instantMs(text));
