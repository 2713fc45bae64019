import { entryDate } from '../../domain/entry-date.js';
import type { CatalogueItem } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { instantMs, toInstant } from '../../domain/zone.js';
import { readRecord } from '../parse.js';
import { isRecord, referencedId, timesheetSchema, type KimaiTimesheet, type KimaiUser } from './schema.js';

export type RowRules = { readonly timeZone: string; readonly readAt: Instant };

/** Stands in an unreadable row for the moment that could not be read; no date window meets it. */
const UNKNOWN_MOMENT: Instant = '1970-01-01T00:00:00Z';

/** Kimai writes offsets without a colon, which `Date.parse` is free to refuse. Only the instant counts. */
export const kimaiInstant = (text: string): Instant =>
  toInstant(instantMs(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')));

/** Null when the row has not even an id: then it is the page that is broken. */
export function normaliseRow(raw: unknown, rules: RowRules): Timesheet | null {
  const parsed = readRecord(timesheetSchema, raw);
  return parsed.ok ? normaliseTimesheet(parsed.value, rules) : unreadableRow(raw, parsed.problem, rules);
}

export function normaliseTimesheet(raw: KimaiTimesheet, { timeZone, readAt }: RowRules): Timesheet {
  const begin = kimaiInstant(raw.begin);
  return {
    externalId: String(raw.id),
    userId: String(referencedId(raw.user)),
    projectId: String(referencedId(raw.project)),
    activityId: String(referencedId(raw.activity)),
    begin,
    end: raw.end === null ? null : kimaiInstant(raw.end),
    // With rounding rules it is not end − begin; what Kimai counts is what it invoices.
    seconds: raw.duration,
    breakSeconds: raw.break ?? 0,
    day: entryDate(begin, timeZone),
    description: raw.description,
    // Their order differs between POST and GET.
    tags: [...raw.tags].sort(),
    exported: raw.exported,
    billable: raw.billable,
    rate: raw.rate ?? null,
    readAt,
    deletedAt: null,
    unreadable: null,
  };
}

/** It counts as there and untouchable; what can be told of it is kept. */
function unreadableRow(raw: unknown, problem: string, { readAt }: RowRules): Timesheet | null {
  const id = isRecord(raw) ? referencedId(raw) : null;
  if (id === null || !isRecord(raw)) return null;
  const idText = (value: unknown): string => String(referencedId(value) ?? 0);
  return {
    externalId: String(id),
    userId: idText(raw['user']),
    projectId: idText(raw['project']),
    activityId: idText(raw['activity']),
    begin: UNKNOWN_MOMENT,
    end: null,
    seconds: 0,
    day: UNKNOWN_MOMENT.slice(0, 10),
    description: typeof raw['description'] === 'string' ? raw['description'] : null,
    tags: [],
    exported: raw['exported'] === true,
    billable: raw['billable'] === true,
    rate: null,
    readAt,
    deletedAt: null,
    unreadable: problem,
  };
}

/** Kimai shows the alias before the user name. */
export function normaliseUser(user: KimaiUser): CatalogueItem {
  return {
    kind: 'user',
    externalId: String(user.id),
    name: textOrNull(user.alias) ?? user.username,
    parentId: null,
    number: null,
    orderNumber: null,
    email: textOrNull(user.email),
    active: user.enabled,
  };
}

const textOrNull = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null));
