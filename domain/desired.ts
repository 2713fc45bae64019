import { canonicalText } from './canonical.js';
import { mergeDescription, ownLine, renderTemplate } from './description.js';
import type { Booking } from './gaps.js';
import type { LeadCase } from './lead-case.js';
import { formatMarker } from './marker.js';
import type { Place } from './placement.js';
import type { BridgeRules } from './policies.js';
import type { Instant, LocalTime } from './time-entry.js';
import type { DesiredTimesheet, Timesheet, TimesheetChanges } from './timesheet.js';
import { localTime, instantMs } from './zone.js';

/** The marker of the lead's main row (1) or of a correction row; null when the bridge writes none. */
export const markerOf = (subject: LeadCase, bridge: BridgeRules, sequence: number): string | null =>
  bridge.policies.marker
    ? formatMarker({ code: bridge.code, sourceId: subject.lead.entry.sourceId, sequence })
    : null;

/** A new row as the bridge's policies want it. */
export function newTimesheet(
  subject: LeadCase,
  wanted: { readonly booking: Booking; readonly place: Place; readonly sequence: number },
  bridge: BridgeRules,
): DesiredTimesheet {
  const { policies } = bridge;
  const { booking, place } = wanted;
  const text = renderTemplate(policies.descriptionTemplate, subject.lead.entry);
  return {
    ...bookedAt(booking, place),
    description: ownLine(text, markerOf(subject, bridge, wanted.sequence)),
    tags: policies.tags,
    billable: policies.billableByActivity[booking.activityId] ?? null,
  };
}

/** What a row that is there already should become. Words, tags and billable that people set stay theirs. */
export function changedTimesheet(
  subject: LeadCase,
  wanted: {
    readonly row: Timesheet;
    readonly booking: Booking;
    readonly place: Place;
    readonly sequence: number;
    /** The entry lies on another ticket now: our line names the new one. */
    readonly renamed: boolean;
  },
  bridge: BridgeRules,
): DesiredTimesheet {
  const { booking, place, row, renamed } = wanted;
  const marker = markerOf(subject, bridge, wanted.sequence);
  return {
    ...bookedAt(booking, place),
    description: changedDescription(subject, { current: row.description, renamed, marker }, bridge),
    tags: row.tags,
    billable: null,
  };
}

/** Field by field: what is handed in may be a whole row, and only these belong to a write. */
const bookedAt = (booking: Booking, place: Place) => ({
  userId: booking.userId,
  projectId: booking.projectId,
  activityId: booking.activityId,
  day: place.day,
  begin: place.begin,
  end: place.end,
  beginAt: place.beginAt,
  endAt: place.endAt,
  seconds: place.seconds,
});

function changedDescription(
  { lead }: LeadCase,
  line: { readonly current: string | null; readonly renamed: boolean; readonly marker: string | null },
  { policies }: BridgeRules,
): string {
  const { current, renamed, marker } = line;
  const text = (): string => renderTemplate(policies.descriptionTemplate, lead.entry);
  return mergeDescription(current, {
    text: renamed ? text() : null,
    // Hardly ever asked for: a row that is written once more carries our line already.
    get fallback() {
      return text();
    },
    marker,
  });
}

/** Only what differs is sent: a PATCH that names less cannot undo what people did meanwhile. */
export function changesBetween(row: Timesheet, desired: DesiredTimesheet, zone: string): TimesheetChanges {
  const changes: { -readonly [K in keyof TimesheetChanges]: TimesheetChanges[K] } = {};
  if (row.userId !== desired.userId) changes.userId = desired.userId;
  if (row.projectId !== desired.projectId) changes.projectId = desired.projectId;
  if (row.activityId !== desired.activityId) changes.activityId = desired.activityId;
  if (localOf(row.begin, zone) !== desired.begin) changes.begin = desired.begin;
  if (row.end === null || localOf(row.end, zone) !== desired.end) changes.end = desired.end;
  if ((row.description ?? '') !== desired.description) changes.description = desired.description;
  return changes;
}

const localOf = (instant: Instant, zone: string): LocalTime => localTime(instantMs(instant), zone);

/** One text for what would be sent: equal texts would be refused for the same reason again. */
export const desiredKey = (desired: DesiredTimesheet): string =>
  canonicalText({
    userId: desired.userId,
    projectId: desired.projectId,
    activityId: desired.activityId,
    begin: desired.begin,
    end: desired.end,
    description: desired.description,
  });
