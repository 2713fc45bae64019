import type { TimeEntry } from './time-entry.js';

/** The unified time entry as the API, the CLI and exports show it: snake case, minutes as a number. */
export type TimeEntryJson = {
  readonly source: string;
  readonly source_id: string;
  readonly ticket_number: string;
  readonly ticket_id: number | string;
  readonly description: string;
  readonly time_minutes: number | null;
  readonly activity_type_id: number | string | null;
  readonly activity_name: string | null;
  readonly user_email: string | null;
  readonly entry_date: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly tags: readonly string[];
};

/** `source` is the connector's kind ("zammad"); minutes are null when the record could not be read. */
export function presentTimeEntry(entry: TimeEntry, source: string): TimeEntryJson {
  return {
    source,
    source_id: entry.sourceId,
    ticket_number: entry.ticketNumber,
    ticket_id: numericId(entry.ticketId),
    description: entry.description,
    time_minutes: entry.seconds === null ? null : entry.seconds / 60,
    activity_type_id: entry.activityTypeId === null ? null : numericId(entry.activityTypeId),
    activity_name: entry.activityTypeName,
    user_email: entry.userEmail,
    entry_date: entry.entryDate,
    created_at: entry.bookedAt,
    updated_at: entry.updatedAt,
    tags: entry.tags,
  };
}

/** Ids are text inside; whoever reads the JSON gets the number Zammad shows, as far as it is one. */
const numericId = (id: string): number | string => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : id);
