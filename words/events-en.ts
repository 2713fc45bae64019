import type { Events } from './events-de.js';
import type { EventReader } from './events.js';

/** What is written to Kimai, and how: `Time entry 214 … changed in Kimai from 0:30 h to 0:45 h`. */
function written(f: EventReader, verb: string): string {
  const known = `Time entry ${f.text('timesheetId')}`;
  if (f.text('operation') === 'delete')
    return `${known} (${f.duration('oldSeconds')}) ${verb} deleted in Kimai`;
  return f.text('operation') === 'update'
    ? `${known} ${verb} changed in Kimai from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}`
    : `A time entry of ${f.duration('newSeconds')} on ${f.day('rowDay')} ${verb} created in Kimai`;
}

/** What happened to an entry or a case, in English. */
export const ENGLISH_EVENTS: Events = {
  'entry.booked': (f) =>
    `${f.actor} accounted ${f.duration('newSeconds')}${f.has('activity') ? ` (${f.text('activity')})` : ''}.`,
  'entry.first_read': () => 'Read for the first time.',
  'entry.changed': (f) =>
    f.text('oldTicketId') !== f.text('newTicketId')
      ? 'The entry moved to another ticket in Zammad.'
      : f.number('oldSeconds') !== f.number('newSeconds')
        ? `Changed in Zammad from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}.`
        : `The activity type was changed in Zammad: ${f.text('oldActivity')} → ${f.text('newActivity')}.`,
  'entry.deleted': (f) => `Deleted in Zammad (${f.duration('oldSeconds')}).`,
  'entry.reappeared': () => 'There again in Zammad.',
  'entry.unreadable': () => 'Could no longer be read.',
  'entry.linked': () => 'Linked to a time entry that was there already; nothing changed in Kimai.',
  'entry.accepted': () => 'Both sides as they are count as agreed.',
  'conflict.opened': (f) => `A question was asked: ${f.kind}.`,
  'conflict.closed': (f) =>
    f.text('closedWhy') === 'vanished'
      ? `The question (${f.kind}) settled itself.`
      : f.text('closedWhy') === 'rule'
        ? `A rule answered the question (${f.kind}).`
        : `The question (${f.kind}) was replaced by a new one.`,
  'conflict.commented': (f) => `${f.actor}: ${f.quoted('text')}`,
  'conflict.snoozed': (f) =>
    f.has('until')
      ? `${f.actor} snoozed the question until ${f.moment('until')}.`
      : f.text('untilChange') === 'true'
        ? `${f.actor} snoozed the question until something changes.`
        : `${f.actor} brought the question back.`,
  'conflict.asked': (f) =>
    `${f.actor} asked in the ticket${f.has('person') ? ` (${f.text('person')})` : ''}: ${f.quoted('text')}`,
  'conflict.ask_failed': (f) => `The question of ${f.actor} did not reach the ticket: ${f.quoted('text')}`,
  'conflict.woken': () => 'Somebody wrote in the ticket; the question is in the inbox again.',
  'conflict.assigned': (f) => `${f.actor} changed who looks after it.`,
  'decision.recorded': (f) =>
    `${f.actor} decided: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.proposed': (f) =>
    `${f.actor} proposed: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.withdrawn': (f) => `${f.actor} took the decision back.`,
  'write.planned': (f) => `${written(f, 'is to be')}.`,
  'write.sent': (f) => `${written(f, 'is just being')}.`,
  'write.done': (f) => `${written(f, 'was')}.`,
  'write.refused': (f) =>
    `${written(f, 'was to be')}; Kimai did not accept that.${f.has('quoted') ? ` Kimai says: ${f.quoted('quoted')}` : ''}`,
  'write.dropped': (f) => `${written(f, 'was not')}; the facts had changed before.`,
  'timesheet.exported': (f) =>
    `Time entry ${f.text('timesheetId')} (${f.duration('newSeconds')}) was exported in Kimai, that is, billed.`,
};

export const ENGLISH_SETTLED = (choice: string): string => `The decision was carried out: ${choice}.`;
export const ENGLISH_UNKNOWN = (code: string): string => `Event: ${code}.`;
