import type { FactReader } from './fact-reader.js';
import type { Refusals } from './refusals-de.js';

/** What Kimai itself wrote, quoted beside our sentence. */
export const kimaiSaid = (f: FactReader): string =>
  f.has('quoted') ? ` Kimai says: "${f.list('quoted').join(' ')}"` : '';

const refused = (why: string, advice: string) => (f: FactReader) =>
  `Kimai did not accept the time entry: ${why}. ${advice}${kimaiSaid(f)}`;

/** What Kimai did not accept and what helps, in English. */
export const ENGLISH_REFUSALS: Refusals = {
  overlap: refused(
    'this person already has time at that time',
    'Move one of the two time entries, or allow overlaps in Kimai.',
  ),
  future: refused(
    'the time is in the future',
    'Retry as soon as it has passed, or allow times in the future in Kimai.',
  ),
  budget: refused(
    'the budget or hourly quota is not sufficient',
    'Raise it in Kimai, or choose another project.',
  ),
  project_ended: refused(
    'the project had ended on that day',
    'Extend it in Kimai, or choose another project.',
  ),
  project_not_started: refused(
    'the project had not started on that day',
    'Move its start in Kimai, or choose another project.',
  ),
  project_not_selectable: refused(
    'no time can be booked on the project, because it or its customer is hidden, it does not run today, or it is reserved for a team',
    'Change that in Kimai, or choose another project.',
  ),
  activity_not_selectable: refused(
    'the activity cannot be chosen, because it is hidden, belongs to another project, or the project allows no global activities',
    'Change that in Kimai, or choose another activity.',
  ),
  user_not_selectable: refused(
    'the user cannot be chosen there: the account is disabled, or the API token may not book for it',
    'Change that in Kimai, or choose another user.',
  ),
  choice_invalid: refused('the project, activity or user cannot be chosen there', 'Check the mapping.'),
  zero_duration: refused('an empty duration is not allowed', 'Change the duration.'),
  too_long: refused(
    'the duration is longer than Kimai allows',
    'Split the time into several entries in Zammad, or raise the maximum in Kimai.',
  ),
  text_too_long: refused(
    'the description is longer than Kimai can store',
    'Shorten the title of the ticket or the template of the description.',
  ),
  period_locked: refused(
    'the day is in a period that is locked in Kimai',
    'Have it opened there, or book on an open day.',
  ),
  extra_fields: refused(
    'the API token lacks a permission for one of the fields',
    'The connection test names the permissions that its role needs in Kimai.',
  ),
  end_before_begin: refused('the end is before the begin', 'Change the times.'),
  timer_running: refused(
    'a running time entry of the person cannot be stopped',
    'Have it stopped in Kimai, then retry.',
  ),
  start_not_allowed: refused(
    'no time may begin on this project or activity there',
    'Check in Kimai whether both are visible.',
  ),
  date_invalid: refused('the begin or end is no valid time there', 'Change the times.'),
  missing_value: refused(
    'Kimai asks for a value that is missing',
    'Check the mapping of project and activity.',
  ),
  forbidden: refused(
    'it is exported, its day is locked, or the API token may not change it',
    'Open it in Kimai, or give the role of the API token the permission.',
  ),
  gone: refused('it does not exist there any more', 'The next sync asks what should happen.'),
  never_answered: () =>
    'Several times Kimai gave no answer to this time entry or only an internal error; it is not stored there. Look into the log of Kimai, then retry.',
  refused: (f) => `Kimai did not accept the time entry.${kimaiSaid(f)} Fix that in Kimai, then retry.`,
};
