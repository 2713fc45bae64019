import type { Sentences } from './de.js';
import { ENGLISH_FINDINGS } from './findings-en.js';
import { ENGLISH_REFUSALS, kimaiSaid } from './refusals-en.js';
import { ENGLISH_REACH } from './reach-en.js';
import { englishDoubt, ENGLISH_PROVISION } from './provision-en.js';
import { ENGLISH_UNDO } from './undo-en.js';
import type { FactReader } from './fact-reader.js';

const FIELDS: Readonly<Record<string, string>> = {
  seconds: 'the duration',
  day: 'the day',
  projectId: 'the project',
  activityId: 'the activity',
  userId: 'the person',
};

const fields = (f: FactReader): string =>
  f
    .list('fields')
    .map((field) => FIELDS[field] ?? field)
    .join(', ');
const onlyTime = (f: FactReader): boolean =>
  f.list('fields').length === 1 && f.list('fields')[0] === 'seconds';
const entries = (f: FactReader): string =>
  `${f.count('entryCount')} ${f.plural('entryCount', 'entry', 'entries')}`;
const waiting = (f: FactReader, thing = 'it'): string =>
  `${entries(f)} with ${f.duration('sourceSeconds')} in total ${f.plural('entryCount', 'is', 'are')} waiting for ${thing}.`;
const rounded = (f: FactReader): string =>
  f.has('roundedSeconds') ? ` Kimai will probably round it to ${f.duration('roundedSeconds')}.` : '';
const rows = (f: FactReader): string =>
  `${f.count('rowCount')} ${f.plural('rowCount', 'time entry', 'time entries')}`;
const lockedTail = (f: FactReader): string =>
  f.number('differenceSeconds') > 0
    ? `You can book the difference of ${f.difference('differenceSeconds')} as a correction in the open period.`
    : f.number('differenceSeconds') < 0
      ? `You can deduct the difference of ${f.difference('differenceSeconds')} from an open time entry or credit it outside Kimai.`
      : 'The duration stays the same; in Zammad, only the activity type has changed.';

/** English sentences by reason code; the compiler compares them with the German ones. */
export const ENGLISH: Sentences = {
  ...ENGLISH_FINDINGS,
  ...ENGLISH_REACH,
  ...ENGLISH_UNDO,
  ...ENGLISH_PROVISION,
  token_risk_open: () =>
    'The API token of Kimai could change exported, that is billed, time entries. Timebridge writes only once an administrator accepts that risk and sets "Closed until", or a token with fewer rights is entered.',
  webhook_name_taken: (f) =>
    `Zammad already has a webhook or trigger ${f.quoted('name')} that Timebridge did not create. Rename it.`,
  provision_doubt: englishDoubt,
  // Why a case is there
  target_changed: (f) =>
    onlyTime(f)
      ? `After the last sync, the duration was changed in Kimai from ${f.duration('baseSeconds')} to ${f.duration('targetSeconds')}. Zammad still has ${f.duration('sourceSeconds')}.`
      : `Changed in Kimai after the last sync: ${fields(f)}. Zammad still has ${f.duration('sourceSeconds')}.`,
  source_changed: (f) =>
    onlyTime(f)
      ? `After the last sync, the duration was changed in Zammad from ${f.duration('baseSeconds')} to ${f.duration('sourceSeconds')}. Kimai still has ${f.duration('targetSeconds')}.`
      : `Changed in Zammad after the last sync: ${fields(f)}. Kimai still has the old values.`,
  both_changed: (f) =>
    onlyTime(f)
      ? `Since the last sync, the duration was changed on both sides: to ${f.duration('sourceSeconds')} in Zammad, to ${f.duration('targetSeconds')} in Kimai.`
      : `Changed on both sides since the last sync: ${fields(f)}.`,
  ticket_moved: (f) =>
    f.number('leadCount') > 1
      ? `In Zammad, ticket #${f.text('ticketNumber')} now belongs to another customer. In Kimai, ${f.number('leadCount')} of its time entries are still with the previous one.`
      : `In Zammad, ticket #${f.text('ticketNumber')} now belongs to another customer. In Kimai, the time entry of ${f.duration('targetSeconds')} from ${f.day('entryDay')} is still with the previous one.`,
  ticket_moved_locked: (f) =>
    f.number('leadCount') > 1
      ? `In Zammad, ticket #${f.text('ticketNumber')} now belongs to another customer. ${f.number('leadCount')} of its time entries are exported or locked in Kimai: they stay with the previous one.`
      : `In Zammad, ticket #${f.text('ticketNumber')} now belongs to another customer. The time entry of ${f.duration('targetSeconds')} from ${f.day('entryDay')} is exported or locked in Kimai: it stays with the previous one.`,
  reapplied: (f) =>
    `With today’s mappings and description template, the time entry of ${f.duration('targetSeconds')} from ${f.day('entryDay')} would look different in Kimai${f.list('fields').length > 0 ? `: ${fields(f)}` : ''}.`,
  match_differs: (f) =>
    `Kimai already has a time entry for ticket #${f.text('ticketNumber')} on ${f.day('entryDay')}, but with ${f.duration('targetSeconds')} instead of ${f.duration('sourceSeconds')}.`,
  marker_differs: (f) =>
    `The time entry in Kimai has the marker of this Zammad entry in its description, but ${f.duration('targetSeconds')} instead of ${f.duration('sourceSeconds')}.`,
  exact_match: (f) =>
    `Kimai already has a time entry of ${f.duration('sourceSeconds')} for ticket #${f.text('ticketNumber')} on ${f.day('entryDay')}.`,
  marker_found: (f) =>
    `The time entry of ${f.day('entryDay')} is in Kimai already: its description holds the marker of this Zammad entry.`,
  several_matches: (f) =>
    `For ticket #${f.text('ticketNumber')} on ${f.day('entryDay')}, Kimai has ${rows(f)} of ${f.duration('sourceSeconds')}, but Zammad does not have as many entries. Something is probably a duplicate.`,
  several_with_marker: (f) =>
    `Kimai has several time entries from ${f.day('entryDay')} for this Zammad entry, with ${f.duration('targetSeconds')} in total. One of them is probably a duplicate.`,
  similar_rows: (f) =>
    f.number('rowCount') === 1
      ? 'One time entry in Kimai might match, but not exactly. Choose it or create a new one.'
      : `${f.count('rowCount')} time entries in Kimai might match, none does exactly. Choose one or create a new one.`,
  missing: () =>
    'This entry is not in Kimai yet. This bridge creates new time entries only after you decide.',
  asked_by_rule: (f) =>
    `${f.has('rule') ? `The rule ${f.quoted('rule')}` : 'A rule'} of this bridge asks before ${f.duration('sourceSeconds')} for ticket #${f.text('ticketNumber')} on ${f.day('entryDay')} is written.`,
  missing_old: (f) =>
    `This entry of ${f.day('entryDay')} is not in Kimai. It was already more than 35 days old when it was first read.`,
  target_deleted: (f) =>
    `The matching time entry was deleted in Kimai. Zammad still has ${f.duration('sourceSeconds')}.`,
  source_deleted: (f) =>
    `The accounted time was deleted in Zammad. The time entry of ${f.duration('targetSeconds')} is still in Kimai.`,
  net_zero_written: (f) =>
    `Corrections in Zammad cancelled the time of this entry. The time entry of ${f.duration('targetSeconds')} is still in Kimai.`,
  lead_not_positive: (f) =>
    `The entry in Zammad no longer has a positive duration. The time entry of ${f.duration('targetSeconds')} is still in Kimai.`,
  locked_row_exported: (f) => `The time entry is already exported and will not be changed. ${lockedTail(f)}`,
  locked_day_closed: (f) =>
    `${f.day('rowDay')} is in the closed period (until ${f.day('closedUntilDay')}). ${lockedTail(f)}`,
  locked_row_unreadable: (f) =>
    `The time entry in Kimai could not be read and stays untouched. ${lockedTail(f)}`,
  locked_row_running: (f) => `The time entry is still running in Kimai and stays untouched. ${lockedTail(f)}`,
  locked_nothing_left: (f) => `No open time entry can take the difference. ${lockedTail(f)}`,
  new_on_closed_day: (f) =>
    `${f.day('entryDay')} is in the closed period (until ${f.day('closedUntilDay')}). You can book the ${f.duration('sourceSeconds')} as a correction in the open period.`,
  unmapped_activity: (f) =>
    `The activity type ${f.quoted('name')} is not mapped to an activity in Kimai yet. ${waiting(f)}`,
  unmapped_no_activity: (f) =>
    `Entries without an activity type are not mapped to an activity in Kimai yet. ${waiting(f)}`,
  unmapped_user: (f) =>
    `${f.text('name')} is not mapped to a user in Kimai yet. ${entries(f)} (${f.duration('sourceSeconds')}) ${f.plural('entryCount', 'is', 'are')} waiting for it.`,
  unmapped_customer: (f) =>
    `The organization ${f.quoted('name')} is not mapped to a customer in Kimai yet. ${waiting(f)}`,
  unmapped_ticket_customer: (f) =>
    `The ticket customer ${f.quoted('name')}, who has no organization, is not mapped to a customer in Kimai yet. ${waiting(f)}`,
  unmapped_no_customer: (f) =>
    `Tickets without an organization and without a ticket customer are not mapped to a customer in Kimai yet. ${waiting(f)}`,
  correction: (f) =>
    `${f.duration('sourceSeconds')} was accounted in Zammad; Kimai does not accept a negative duration. Which time entry should it be deducted from?`,
  unreadable: (f) =>
    `The Zammad entry of ${f.day('entryDay')} could not be read (value: ${f.quoted('unitText')}). Without it the sum is incomplete.`,
  reverted: () => 'Writing this entry was undone. It is not written again by itself.',
  unknown_outcome: () =>
    'Kimai did not answer when this was written. Nobody can tell whether the time entry was created, because this bridge writes no marker into the description.',
  guard_deletes: (f) =>
    `This sync found ${f.count('stepCount')} deletions among ${f.count('linkCount')} linked entries. From ${f.count('limit')} at once, Timebridge waits for an administrator.`,
  guard_updates: (f) =>
    `This sync would change ${f.count('stepCount')} time entries among ${f.count('linkCount')} linked entries. From ${f.count('limit')} at once, Timebridge waits for an administrator.`,
  guard_restored: (f) =>
    `One of the systems was probably restored from a backup: ${entries(f)} in Zammad and ${rows(f)} in Kimai no longer fit the last sync. Nothing is written until somebody decides.`,

  // What Kimai did not accept
  ...ENGLISH_REFUSALS,
  no_free_place: (f) =>
    `This person has no free time left on ${f.day('rowDay')}, and Kimai does not allow overlaps.`,

  // Where an entry stands
  in_agreement: () => 'In agreement.',
  words_noted: () => 'In agreement; only details that Kimai decides were changed there.',
  facts_noted: () => 'In agreement; the new values in Zammad change nothing in Kimai.',
  both_moved_alike: () => 'The same was changed on both sides.',
  net_zero: () => 'Corrections cancel this time; nothing is written to Kimai.',
  nothing_to_write: () => 'There is no time to write.',
  gone_on_both_sides: () => 'The entry is deleted on both sides.',
  closed_by_decision: () => 'Closed by a decision.',
  kept_by_decision: () => 'Stays as it is after a decision.',
  ticket_merged: (f) =>
    `In Zammad, ticket #${f.text('ticketNumber')} was merged into another one. Its time stays with #${f.text('ticketNumber')}.`,
  before_start: () => 'The entry is older than the start date of the bridge.',
  ignored_mapping: (f) => `${f.quoted('name')} is not written to Kimai.`,
  decided: () => 'Settled by a decision.',
  quiet_period: (f) => `Will be written after the quiet period, from ${f.moment('untilAt')}.`,
  ends_in_future: (f) =>
    `Will be written as soon as the time has passed (${f.moment('untilAt')}); Kimai does not allow times in the future.`,
  held_by_guard: () => 'Waits until the whole sync is allowed to go ahead.',
  target_paused: () => 'Will be written as soon as Kimai can be reached again.',

  // What a choice does
  will_create: (f) =>
    `A time entry of ${f.duration('newSeconds')} on ${f.day('rowDay')} will be created in Kimai.${rounded(f)}`,
  will_update: (f) =>
    onlyTime(f)
      ? `The time entry in Kimai will be changed from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}.${rounded(f)}`
      : `Will be changed in Kimai: ${fields(f)}.${rounded(f)}`,
  backtest: (f) =>
    `Would have decided ${f.count('decidedCount')} of ${f.count('consideredCount')} ${f.plural('consideredCount', 'case', 'cases')}, ${f.number('differentCount') === 0 ? 'none' : f.count('differentCount')} of them differently than people did.`,
  backtest_nothing: (f) =>
    `Would have decided none of ${f.count('consideredCount')} ${f.plural('consideredCount', 'case', 'cases')}.`,
  backtest_no_cases: () => 'No person has decided a case yet that the rule could be tested on.',
  will_update_several: (f) =>
    `In Kimai, ${f.count('rowCount')} time entries will be moved to the new customer.`,
  will_delete: (f) => `${rows(f)} with ${f.duration('targetSeconds')} will be deleted in Kimai.`,
  will_keep: (f) => `The time entry in Kimai stays at ${f.duration('targetSeconds')}.`,
  will_keep_one: (f) =>
    `One time entry of ${f.duration('targetSeconds')} stays and is linked; ${f.count('rowCount')} ${f.plural('rowCount', 'other', 'others')} will be deleted in Kimai.`,
  will_link: (f) =>
    `The time entry of ${f.duration('targetSeconds')} will be linked. Nothing changes in Kimai.`,
  will_deduct: (f) =>
    `The chosen time entry will be reduced from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}.${rounded(f)}`,
  will_accept_difference: (f) =>
    `The difference of ${f.difference('differenceSeconds')} counts as settled outside Kimai and is listed per month.`,
  will_change_nothing: () => 'Nothing changes in Kimai.',
  will_map: (f) =>
    `After that, ${entries(f)} with ${f.duration('sourceSeconds')} ${f.plural('entryCount', 'is', 'are')} compared again.`,
  will_ignore: (f) =>
    `${entries(f)} with ${f.duration('sourceSeconds')} ${f.plural('entryCount', 'is', 'are')} not written to Kimai, now and later.`,
  will_read_again: () => 'The entry will be read again in Zammad.',
  will_go_ahead: (f) => `${f.count('stepCount')} changes that were held back will be carried out.`,

  // Why a choice is not possible
  row_exported: () => 'The time entry is already exported.',
  row_unreadable: () => 'The time entry in Kimai could not be read.',
  row_running: () => 'The time entry is still running in Kimai.',
  day_closed: (f) => `${f.day('rowDay')} is in the closed period (until ${f.day('closedUntilDay')}).`,
  nothing_left: () => 'No open time entry can take the difference.',
  already_linked: () => 'The entry is linked to a time entry already.',
  not_linked: () => 'The entry is not linked to a time entry yet.',
  mapping_missing: () => 'A mapping is still missing.',
  not_for_this_case: () => 'This does not fit this case.',
  difference_not_positive: () => 'Only additional time can be booked as a correction.',
  difference_not_negative: () => 'Only a reduction can be deducted.',
  lead_too_short: (f) => `This time entry has only ${f.duration('leadSeconds')}.`,
  choose_a_lead: () => 'Choose the entry that the time is deducted from.',
  choose_a_row: () => 'Choose an open time entry of this customer.',
  choose_a_candidate: () => 'Choose one of the proposals.',
  choose_a_target: () => 'Choose what is meant in Kimai.',
  choose_fields: () => 'Choose a side for at least one field.',
  field_not_differing: (f) => `These fields do not differ: ${fields(f)}.`,
  choice_not_offered: () => 'This case does not offer that decision.',
  second_person_missing: (f) =>
    `With this much time (from ${f.duration('limitSeconds')}) two people must decide the same.`,
  edit_something: () => 'Change the begin, the duration or the project before you retry.',
  whole_minutes_only: () => 'The duration must consist of whole minutes.',
  longer_than_a_day: () => 'The duration must not exceed 24:00 h.',
  not_a_time: (f) => `${f.quoted('begin')} is not a time. Write 14:30, for example.`,
  stale: (f) =>
    `The entry changed again (${f.moment('changedAt')}). Your decision was not applied; please check the new values.`,

  // Asking the agent in the ticket
  ticket_written: () => 'Somebody wrote in the ticket after the case was snoozed.',
  note_no_ticket: () => 'This case has no ticket to ask in.',
  note_not_allowed: () =>
    'The API token may not write a note in this ticket. Give its user the permission “Change” for the ticket’s group in Zammad.',
  note_refused: (f) =>
    `Zammad did not accept the note.${f.has('quoted') ? ` Zammad says: ${f.quoted('quoted')}` : ''}`,
  note_system_stopped: () =>
    'The connection to Zammad is interrupted. The question was not asked; try again later.',

  // Why a connector stands still
  rate_limited: (f) => `${f.text('system')} asks for a pause. Writing is retried automatically.`,
  unavailable: (f) =>
    `${f.text('system')} has not been reachable since ${f.moment('sinceAt')}. Writing is retried automatically; nothing is lost.`,
  outcome_unknown: (f) => `${f.text('system')} did not answer a write. Timebridge checks whether it arrived.`,
  credentials_rejected: (f) =>
    `${f.text('system')} does not accept the API token. The bridge is paused until a valid one is stored.`,
  permission_missing: (f) =>
    `The API token for ${f.text('system')} lacks the permission ${f.quoted('permission')}. The bridge is paused until its role includes it.`,
  contract_broken: (f) =>
    `${f.text('system')} answers differently than expected. The bridge is paused so that nothing is misread.`,
  destination_refused: (f) =>
    `The address of ${f.text('system')} must not be called, or its certificate cannot be verified.`,
  setting_changed: (f) =>
    `A setting in ${f.text('system')} is no longer the confirmed one. The bridge is paused until it is confirmed.`,
  control_differs: (f) =>
    `Zammad's own report of the month from ${f.day('monthDay')} says ${f.duration('reportedSeconds')}, ${f.duration('heldSeconds')} were read (${f.difference('differenceSeconds')}).${f.number('unreadable') > 0 ? ` ${f.count('unreadable')} entries could not be read.` : ''}`,
  source_empty: (f) =>
    `Zammad listed no entry at all; before there were ${f.count('entryCount')}. Please check the API token and Zammad.`,
  target_empty: (f) =>
    `Kimai listed no time entry at all; before there were ${f.count('rowCount')}. Please check the API token and Kimai.`,
  guard_stopped: () =>
    'One of the systems was probably restored from a backup. The bridge writes nothing until an administrator has decided the case about it.',
  installation_copied: () =>
    'This database belongs to another installation (a copy or a restore). All bridges are paused until an administrator confirms it.',
  record_refused: (f) => `${f.text('system')} did not accept this entry.${kimaiSaid(f)}`,
};
