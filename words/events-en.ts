import type { Events } from './events-de.js';
import type { EventReader } from './events.js';

const written = (f: EventReader, word: string): string =>
  f.text('operation') === 'delete'
    ? `Deleting time entry ${f.text('timesheetId')} (${f.duration('oldSeconds')}) ${word}`
    : f.text('operation') === 'update'
      ? `Changing time entry ${f.text('timesheetId')} from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')} ${word}`
      : `Creating a time entry on ${f.day('rowDay')} of ${f.duration('newSeconds')} ${word}`;

/** What happened to an entry or a case, in English. */
export const ENGLISH_EVENTS: Events = {
  'entry.booked': (f) =>
    `${f.actor} accounted ${f.duration('newSeconds')}${f.has('activity') ? ` (${f.text('activity')})` : ''}.`,
  'entry.first_read': () => 'Timebridge read the entry from Zammad for the first time.',
  'entry.changed': (f) =>
    f.text('oldTicketId') !== f.text('newTicketId')
      ? 'The entry moved to another ticket in Zammad.'
      : f.number('oldSeconds') !== f.number('newSeconds')
        ? `Changed in Zammad from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}.`
        : `The activity type was changed in Zammad: ${f.text('oldActivity')} → ${f.text('newActivity')}.`,
  'entry.deleted': (f) => `Deleted in Zammad (${f.duration('oldSeconds')}).`,
  'entry.reappeared': () => 'There again in Zammad.',
  'entry.unreadable': () => 'The entry in Zammad could no longer be read.',
  'entry.linked': () => 'Linked to a time entry that was there already; nothing changed in Kimai.',
  'entry.accepted': () => 'The values of both sides as they are count as agreed.',
  'conflict.opened': (f) => `A case was opened: ${f.kind}.`,
  'conflict.closed': (f) =>
    f.text('closedWhy') === 'vanished'
      ? `The case (${f.kind}) settled itself.`
      : f.text('closedWhy') === 'rule'
        ? `A rule decided the case (${f.kind}).`
        : `The case (${f.kind}) was replaced by a new one.`,
  'conflict.commented': (f) => `${f.actor}: ${f.quoted('text')}`,
  'conflict.snoozed': (f) =>
    f.has('until')
      ? `${f.actor} snoozed the case until ${f.moment('until')}.`
      : `${f.actor} changed until when the case is snoozed.`,
  'conflict.assigned': (f) => `${f.actor} changed who the case is assigned to.`,
  'decision.recorded': (f) =>
    `${f.actor} decided: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.withdrawn': (f) => `${f.actor} took the decision back.`,
  'write.planned': (f) => `${written(f, 'planned')}.`,
  'write.sent': (f) => `${written(f, 'sent to Kimai')}.`,
  'write.done': (f) => `${written(f, 'carried out')}.`,
  'write.refused': (f) =>
    `${written(f, 'not accepted by Kimai')}.${f.has('quoted') ? ` Kimai says: ${f.quoted('quoted')}` : ''}`,
  'write.dropped': (f) => `${written(f, 'not carried out')}; the values had changed before.`,
  'timesheet.changed': (f) =>
    `The duration of time entry ${f.text('timesheetId')} was changed in Kimai from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')}.`,
  'timesheet.deleted': (f) =>
    `Time entry ${f.text('timesheetId')} (${f.duration('oldSeconds')}) was deleted in Kimai.`,
  'timesheet.exported': (f) =>
    `Time entry ${f.text('timesheetId')} (${f.duration('newSeconds')}) was found exported in Kimai: it is part of an invoice and will not be changed any more.`,
};

export const ENGLISH_SETTLED = (choice: string): string => `The decision was carried out: ${choice}.`;
export const ENGLISH_UNKNOWN = (code: string): string => `Event: ${code}.`;
