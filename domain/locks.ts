import type { BridgeRules } from './policies.js';
import { reason, type Reason } from './reason.js';
import type { Day } from './time-entry.js';
import type { Timesheet } from './timesheet.js';
import { addDays, instantMs, zoneDayAt } from './zone.js';

/** Why a row must not be written to, whatever the token may do; null when it may. */
export function lockOf(row: Timesheet, closedUntil: Day | null): Reason | null {
  if (row.exported) return reason('row_exported', { timesheetId: row.externalId });
  if (row.unreadable !== null) return reason('row_unreadable', { timesheetId: row.externalId });
  if (row.end === null) return reason('row_running', { timesheetId: row.externalId });
  return closedDay(row.day, closedUntil);
}

/** Our own lock: days up to and including `closedUntil` are closed. */
export const closedDay = (day: Day, closedUntil: Day | null): Reason | null =>
  closedUntil !== null && day <= closedUntil
    ? reason('day_closed', { rowDay: day, closedUntilDay: closedUntil })
    : null;

/** The day on which a correction of a locked row is booked: today, or the first day that is not closed. */
export function openDay(bridge: BridgeRules, now: string): Day {
  const today = zoneDayAt(instantMs(now), bridge.timeZone).day;
  const { closedUntil } = bridge;
  return closedUntil !== null && closedUntil >= today ? addDays(closedUntil, 1) : today;
}
