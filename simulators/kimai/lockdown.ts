import type { Settings } from './settings.js';

/**
 * Whether a record that begins at `begin` may be changed at `now` (both seconds), by `LockdownService::isEditable`:
 * after the period it may; inside it may until the grace period ends, or with the grace permission; before it never.
 */
export function isOpenPeriod(
  settings: Settings,
  begin: number,
  recordZone: string,
  now: number,
  mayUseGrace: boolean,
): boolean {
  const first = settings.date('timesheet.rules.lockdown_period_start');
  const last = settings.date('timesheet.rules.lockdown_period_end');
  if (first === undefined || last === undefined) return true;
  const zone = settings.text('timesheet.rules.lockdown_period_timezone') || recordZone;
  const start = first(zone, now);
  const end = last(zone, now);
  if (end < start || begin > end) return true;
  if (begin < start) return false;
  const grace = settings.date('timesheet.rules.lockdown_grace_period')?.(zone, end) ?? end;
  return mayUseGrace || now <= grace;
}
