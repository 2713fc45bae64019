import type { EventReader } from './events.js';

const written = (f: EventReader, word: string): string =>
  f.text('operation') === 'delete'
    ? `Löschen des Zeiteintrags ${f.text('timesheetId')} (${f.duration('oldSeconds')}) ${word}`
    : f.text('operation') === 'update'
      ? `Ändern des Zeiteintrags ${f.text('timesheetId')} von ${f.duration('oldSeconds')} auf ${f.duration('newSeconds')} ${word}`
      : `Anlegen eines Zeiteintrags vom ${f.day('rowDay')} mit ${f.duration('newSeconds')} ${word}`;

/** What happened to an entry or a case, in German. */
export const GERMAN_EVENTS = {
  'entry.booked': (f) =>
    `${f.actor} hat ${f.duration('newSeconds')} erfasst${f.has('activity') ? ` (${f.text('activity')})` : ''}.`,
  'entry.first_read': () => 'Zum ersten Mal gelesen.',
  'entry.changed': (f) =>
    f.text('oldTicketId') !== f.text('newTicketId')
      ? 'Der Eintrag ist in Zammad zu einem anderen Ticket gewandert.'
      : f.number('oldSeconds') !== f.number('newSeconds')
        ? `In Zammad von ${f.duration('oldSeconds')} auf ${f.duration('newSeconds')} geändert.`
        : `In Zammad wurde der Aktivitäts-Typ geändert: ${f.text('oldActivity')} → ${f.text('newActivity')}.`,
  'entry.deleted': (f) => `In Zammad gelöscht (${f.duration('oldSeconds')}).`,
  'entry.reappeared': () => 'In Zammad wieder vorhanden.',
  'entry.unreadable': () => 'Konnte nicht mehr gelesen werden.',
  'entry.linked': () => 'Mit einem vorhandenen Zeiteintrag verknüpft; in Kimai wurde nichts geändert.',
  'entry.accepted': () => 'Der Stand beider Seiten gilt als vereinbart.',
  'conflict.opened': (f) => `Frage gestellt: ${f.kind}.`,
  'conflict.closed': (f) =>
    f.text('closedWhy') === 'vanished'
      ? `Die Frage (${f.kind}) hat sich erledigt.`
      : f.text('closedWhy') === 'rule'
        ? `Die Frage (${f.kind}) hat eine Regel beantwortet.`
        : `Die Frage (${f.kind}) wurde durch eine neue ersetzt.`,
  'conflict.commented': (f) => `${f.actor}: ${f.quoted('text')}`,
  'conflict.snoozed': (f) =>
    f.has('until')
      ? `${f.actor} hat die Frage bis ${f.moment('until')} zurückgestellt.`
      : f.text('untilChange') === 'true'
        ? `${f.actor} hat die Frage zurückgestellt, bis sich etwas ändert.`
        : `${f.actor} hat die Frage wieder vorgelegt.`,
  'conflict.assigned': (f) => `${f.actor} hat die Zuständigkeit geändert.`,
  'decision.recorded': (f) =>
    `${f.actor} hat entschieden: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.proposed': (f) =>
    `${f.actor} hat vorgeschlagen: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.withdrawn': (f) => `${f.actor} hat die Entscheidung zurückgenommen.`,
  'write.planned': (f) => `${written(f, 'geplant')}.`,
  'write.sent': (f) => `${written(f, 'an Kimai gesendet')}.`,
  'write.done': (f) => `${written(f, 'ausgeführt')}.`,
  'write.refused': (f) =>
    `${written(f, 'von Kimai nicht angenommen')}.${f.has('quoted') ? ` Kimai schreibt: ${f.quoted('quoted')}` : ''}`,
  'write.dropped': (f) => `${written(f, 'nicht ausgeführt')}; der Stand hatte sich vorher geändert.`,
  'timesheet.exported': (f) =>
    `Zeiteintrag ${f.text('timesheetId')} (${f.duration('newSeconds')}) wurde in Kimai exportiert, also abgerechnet.`,
} as const satisfies Readonly<Record<string, (f: EventReader) => string>>;

export type EventCode = keyof typeof GERMAN_EVENTS;
export type Events = Readonly<Record<EventCode, (f: EventReader) => string>>;

/** What a decision's later life is called: `decision.<choice>` ends it as decided. */
export const GERMAN_SETTLED = (choice: string): string => `Die Entscheidung ist ausgeführt: ${choice}.`;
export const GERMAN_UNKNOWN = (code: string): string => `Ereignis: ${code}.`;
