import type { FactReader } from './fact-reader.js';
import type { Findings } from './findings-de.js';

const UNITS: Readonly<Record<string, string>> = {
  hour: 'an hour',
  quarter: 'a quarter of an hour',
  minute: 'a minute',
  custom: 'a unit of its own',
};
/** A unit of its own has no length that Zammad knows, only a name. */
const unitLength = (f: FactReader): string =>
  f.has('secondsPerUnit')
    ? ` (${f.duration('secondsPerUnit')})`
    : f.has('label')
      ? ` (${f.quoted('label')})`
      : '';
const unit = (f: FactReader): string => UNITS[f.text('unit')] ?? f.quoted('unit');

/** What the test of a connection found, in English. */
export const ENGLISH_FINDINGS: Findings = {
  zammad_reached: (f) => `Zammad answers and accepts the API token of ${f.quoted('account')}.`,
  zammad_listing_flat: (f) =>
    `Zammad shows all accounted time in one list (${f.count('entries')} ${f.plural('entries', 'entry', 'entries')}).`,
  zammad_listing_per_ticket: (f) =>
    `The API token lacks the permission ${f.quoted('permission')}. Timebridge therefore reads the time ticket by ticket: that is slower, and later changes show only when something happens on the ticket.`,
  zammad_version_too_old: (f) =>
    `This Zammad is too old: only since version ${f.text('required')} does its API show accounted time entry by entry. Update Zammad.`,
  zammad_tickets_readable: () => 'Tickets with accounted time can be read.',
  zammad_no_tickets_visible: () =>
    'No ticket with accounted time is visible. Give the user of the API token access to the groups whose time is to be written.',
  zammad_permission_missing: (f) =>
    `The API token for Zammad lacks the permission ${f.quoted('permission')}. Make one in Zammad under "Profile > Token Access" that has it.`,
  zammad_token_too_powerful: (f) =>
    `The API token has the permission ${f.quoted('permission')} in Zammad and may do more than Timebridge needs. A token with "admin.time_accounting" and "ticket.agent" is better.`,
  zammad_unit: (f) => `The time unit in Zammad is ${unit(f)}, as confirmed here.`,
  zammad_unit_changed: (f) =>
    `The time unit in Zammad is now ${unit(f)}${unitLength(f)}${f.has('changedAt') ? `, since ${f.moment('changedAt')}` : ''}; confirmed here is ${f.duration('confirmed')} per unit. Entries from then on mean another time, so sync runs rest until the time unit is confirmed.`,
  zammad_unit_unnamed: (f) =>
    `No known time unit is set in Zammad. Timebridge takes ${f.duration('confirmed')} per unit; please check this against entries that you know.`,
  zammad_unit_unreadable: (f) =>
    `The time unit could not be read from Zammad, the permission ${f.quoted('permission')} is missing. The one that is set here holds, unverified.`,
  zammad_time_accounting_off: () => 'Time accounting is switched off in Zammad.',
  zammad_time_zone_differs: (f) =>
    `Zammad's reports use the time zone ${f.text('zammad')}, set here is ${f.text('connector')}. At the turn of the month the totals may therefore differ.`,
  kimai_reached: (f) =>
    `Kimai ${f.text('version')} answers and accepts the API token of ${f.quoted('account')}.`,
  kimai_version_too_old: (f) =>
    `Kimai ${f.text('version')} is too old: only since version ${f.text('required')} does it search by tags reliably, by which Timebridge knows its own time entries. Update Kimai.`,
  kimai_time_zone: (f) => `The user ${f.quoted('account')} has the same time zone (${f.text('kimai')}).`,
  kimai_time_zone_differs: (f) =>
    `The user ${f.quoted('account')} has the time zone ${f.text('kimai')} in Kimai, set here is ${f.text('connector')}. All times would be shifted. Change the time zone in this user's profile in Kimai, or here and with Zammad.`,
  kimai_token_too_powerful: (f) =>
    `The user ${f.quoted('account')} has the role ${f.quoted('role')} in Kimai and could also change exported time entries. Timebridge never does; a user of its own is safer, with a role that has only the six permissions needed.`,
  kimai_tracking_mode: (f) =>
    `Kimai's time tracking is set to ${f.quoted('mode')}, and Timebridge can book with it.`,
  kimai_no_future: () => 'Kimai allows no time in the future. Such entries wait until the time has passed.',
  kimai_no_overlap: () =>
    'Kimai allows no overlaps. Timebridge then looks for the next free place on the same day.',
  kimai_users_listed: (f) =>
    `${f.count('users')} ${f.plural('users', 'user is', 'users are')} visible in Kimai.`,
  kimai_permission_missing: (f) =>
    `The API token for Kimai lacks the permission ${f.quoted('permission')}. Give it to the role of this user in Kimai under "System > Roles".`,
  kimai_token_may_export: () =>
    'The API token could mark time entries in Kimai as exported. Timebridge never does; take the permissions "edit_export_own_timesheet" and "edit_export_other_timesheet" from the role.',
  kimai_sees_others: () => 'Time entries of other users can be read.',
  kimai_sees_others_unproven: (f) =>
    `There are no time entries of other users yet. Whether the permission ${f.quoted('permission')} is there will show with the first.`,
  kimai_books_for_others: () => 'Time entries can be created for other users.',
  kimai_changes_others: () => 'Time entries of other users can be changed.',
  kimai_changes_others_unproven: (f) =>
    `Whether time entries of other users can be changed (permission ${f.quoted('permission')}) will only show with an open time entry of today.`,
  kimai_token_edits_exported: (f) =>
    `The API token of ${f.quoted('account')} may also change exported time entries in Kimai. Timebridge never does; a role without the permission "edit_exported_timesheet" is safer.`,
  kimai_lockdown: () =>
    'An older period is locked in Kimai. Time entries in it stay untouched; what still changes in Zammad goes to the inbox.',
  kimai_rounds_duration: () =>
    'Kimai rounds durations. What Kimai stores holds; the difference is shown as rounding in the sum. Where its rounding is entered here, previews say which duration comes out.',
  kimai_creates_customers: () => 'Customers and projects could be created in Kimai if a bridge is to do so.',
  kimai_cannot_create_customers: (f) =>
    `Timebridge cannot create customers and projects in Kimai, for which ${f.quoted('permission')} is missing. It is needed only if a bridge is to create missing customers itself.`,
  kimai_cannot_create_tags: (f) =>
    `The API token may not create tags in Kimai, the permission ${f.quoted('permission')} is missing. Create the tags of the bridge there by hand, as visible ones.`,
};
