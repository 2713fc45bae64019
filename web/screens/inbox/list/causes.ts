import type { Messages } from '../../../i18n/de';

/** Causes that have a short name; it stands in a heading only where a kind has several of them. */
const CAUSES = [
  'locked_row_exported',
  'locked_day_closed',
  'locked_row_unreadable',
  'locked_row_running',
  'locked_nothing_left',
  'new_on_closed_day',
  'exact_match',
  'marker_found',
  'several_matches',
  'several_with_marker',
  'both_changed',
  'match_differs',
  'marker_differs',
  'ticket_moved',
  'missing_old',
  'overlap',
  'future',
  'budget',
  'project_ended',
  'project_not_started',
  'project_not_selectable',
  'activity_not_selectable',
  'user_not_selectable',
  'too_long',
  'extra_fields',
  'never_answered',
  'period_locked',
  'no_free_place',
  'refused',
  'unmapped_no_activity',
  'unmapped_ticket_customer',
  'unmapped_no_customer',
] as const satisfies readonly (keyof Messages['causes'])[];

export function causeKey(code: string): `causes.${(typeof CAUSES)[number]}` | null {
  const known = CAUSES.find((cause) => cause === code);
  return known ? `causes.${known}` : null;
}
