import type { Events } from './events-de.js';
import type { EventReader } from './events.js';

const written = (f: EventReader, word: string): string =>
  f.text('operation') === 'delete'
    ? `Deleting timesheet ${f.text('timesheetId')} (${f.duration('oldSeconds')}) ${word}`
    : f.text('operation') === 'update'
      ? `Changing timesheet ${f.text('timesheetId')} from ${f.duration('oldSeconds')} to ${f.duration('newSeconds')} ${word}`
      : `Creating a timesheet on ${f.day('rowDay')} of ${f.duration('newSeconds')} ${word}`;

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
  'entry.linked': () => 'Linked to a timesheet that was there already; nothing changed in Kimai.',
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
  'conflict.assigned': (f) => `${f.actor} changed who looks after it.`,
  'decision.recorded': (f) =>
    `${f.actor} decided: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.proposed': (f) =>
    `${f.actor} proposed: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.withdrawn': (f) => `${f.actor} took the decision back.`,
  'write.planned': (f) => `${written(f, 'planned')}.`,
  'write.sent': (f) => `${written(f, 'sent to Kimai')}.`,
  'write.done': (f) => `${written(f, 'done')}.`,
  'write.refused': (f) =>
    `${written(f, 'not accepted by Kimai')}.${f.has('quoted') ? ` Kimai says: ${f.quoted('quoted')}` : ''}`,
  'write.dropped': (f) => `${written(f, 'not done')}; the facts had changed before.`,
  'timesheet.exported': (f) =>
    `Time entry ${f.text('timesheetId')} (${f.duration('newSeconds')}) was exported in Kimai, that is, billed.`,
};

export const ENGLISH_SETTLED = (choice: string): string => `The decision was carried out: ${choice}.`;
export const ENGLISH_UNKNOWN = (code: string): string => `Event: ${code}.`;
