import type { EntryRecord } from '../../db/stores/conflict-detail-view.js';
import { ticketUrl } from '../links.js';
import { iso, isoOrNull } from '../present.js';
import type { TimeEntryView } from './time-entry.contract.js';

/** The unified time entry: snake case, minutes as a decimal number. */
export const presentEntry = (entry: EntryRecord, sourceWebUrl: string): TimeEntryView => ({
  id: entry.id,
  source: entry.sourceKind,
  source_id: entry.sourceId,
  ticket_number: entry.ticketNumber,
  ticket_id: Number(entry.ticketId),
  ticket_title: entry.ticketTitle,
  ticket_merged: entry.ticketMerged,
  description: entry.description,
  time_minutes: entry.seconds === null ? null : entry.seconds / 60,
  unit_text: entry.unitText,
  activity_type_id: entry.activityTypeId === null ? null : Number(entry.activityTypeId),
  activity_name: entry.activityTypeName,
  user_name: entry.userName,
  user_email: entry.userEmail,
  customer_name: entry.customerName,
  entry_date: entry.entryDate,
  created_at: iso(entry.bookedAt),
  updated_at: iso(entry.updatedAt),
  deleted_at: isoOrNull(entry.deletedAt),
  tags: [...entry.tags],
  url: ticketUrl(sourceWebUrl, entry.ticketId),
});
