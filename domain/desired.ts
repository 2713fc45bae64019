import { canonicalText } from './canonical.js';
import { mergeDescription, ownLine, renderTemplate } from './description.js';
import type { Booking } from './gaps.js';
import type { LeadCase } from './lead-case.js';
import { formatMarker } from './marker.js';
import type { Place } from './placement.js';
import type { BridgeRules } from './policies.js';
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
  const text = renderTemplate(policies.descriptionTemplate, subject.lead.entry);
  return {
    ...wanted.booking,
    ...wanted.place,
    description: ownLine(text, markerOf(subject, bridge, wanted.sequence)),
    tags: policies.tags,
    billable: policies.billableByActivity[wanted.booking.activityId] ?? null,
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
  const text = renderTemplate(bridge.policies.descriptionTemplate, subject.lead.entry);
  return {
    ...wanted.booking,
    ...wanted.place,
    description: mergeDescription(wanted.row.description, {
      text: wanted.renamed ? text : null,
      fallback: text,
      marker: markerOf(subject, bridge, wanted.sequence),
    }),
    tags: wanted.row.tags,
    billable: null,
  };
}

/** Only what differs is sent: a PATCH that names less cannot undo what people did meanwhile. */
export function changesBetween(row: Timesheet, desired: DesiredTimesheet, zone: string): TimesheetChanges {
  return {
    ...(row.userId === desired.userId ? {} : { userId: desired.userId }),
    ...(row.projectId === desired.projectId ? {} : { projectId: desired.projectId }),
    ...(row.activityId === desired.activityId ? {} : { activityId: desired.activityId }),
    ...(localTime(instantMs(row.begin), zone) === desired.begin ? {} : { begin: desired.begin }),
    ...(row.end !== null && localTime(instantMs(row.end), zone) === desired.end ? {} : { end: desired.end }),
    ...((row.description ?? '') === desired.description ? {} : { description: desired.description }),
  };
}

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
