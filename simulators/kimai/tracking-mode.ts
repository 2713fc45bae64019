import { roundBegin } from './rounding.js';
import type { KimaiState } from './state.js';
import { toInstant, toLocal } from './zones.js';

/** Begin of a new record by tracking mode: rounded in `default`, as it is in `punch`, else a fixed time of that day. */
export function beginByMode(state: KimaiState, at: number, zone: string): number {
  const { settings } = state;
  const mode = settings.text('timesheet.mode');
  if (mode === 'default') return roundBegin(settings, at, zone);
  if (mode !== 'duration_fixed_begin') return at;
  const fixed = toLocal(zone, settings.date('timesheet.default_begin')?.(zone, state.now()) ?? state.now());
  const local = toLocal(zone, at);
  const midnight = local - modulo(local, 86_400);
  const minutes = Math.floor(modulo(fixed, 86_400) / 60);
  return toInstant(zone, midnight + minutes * 60);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
