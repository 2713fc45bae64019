import type { EventReader } from './events.js';

/** What is written to Kimai, and how: `Zeiteintrag 214 … von 0:30 h auf 0:45 h geändert`. */
function write(f: EventReader): { readonly what: string; readonly how: string } {
  const known = `Zeiteintrag ${f.text('timesheetId')}`;
  if (f.text('operation') === 'delete')
    return { what: `${known} (${f.duration('oldSeconds')})`, how: 'gelöscht' };
  return f.text('operation') === 'update'
    ? { what: known, how: `von ${f.duration('oldSeconds')} auf ${f.duration('newSeconds')} geändert` }
    : { what: `Zeiteintrag vom ${f.day('rowDay')} mit ${f.duration('newSeconds')}`, how: 'angelegt' };
}
const written = (f: EventReader, verb: string, end = ''): string => {
  const { what, how } = write(f);
  return `${what} ${verb} in Kimai ${how}${end}`;
};

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
  'conflict.asked': (f) =>
    `${f.actor} hat im Ticket gefragt${f.has('person') ? ` (${f.text('person')})` : ''}: ${f.quoted('text')}`,
  'conflict.ask_failed': (f) => `Die Frage von ${f.actor} kam nicht ins Ticket: ${f.quoted('text')}`,
  'conflict.woken': () => 'Im Ticket wurde etwas geschrieben; die Frage ist wieder im Eingang.',
  'conflict.assigned': (f) => `${f.actor} hat die Zuständigkeit geändert.`,
  'decision.recorded': (f) =>
    `${f.actor} hat entschieden: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.proposed': (f) =>
    `${f.actor} hat vorgeschlagen: ${f.choice}.${f.has('note') ? ` ${f.quoted('note')}` : ''}`,
  'decision.withdrawn': (f) => `${f.actor} hat die Entscheidung zurückgenommen.`,
  'write.planned': (f) => `${written(f, 'soll', ' werden')}.`,
  'write.sent': (f) => `${written(f, 'wird gerade')}.`,
  'write.done': (f) => `${written(f, 'wurde')}.`,
  'write.refused': (f) =>
    `${written(f, 'sollte', ' werden')}; Kimai hat das nicht angenommen.${f.has('quoted') ? ` Kimai schreibt: ${f.quoted('quoted')}` : ''}`,
  'write.dropped': (f) => `${written(f, 'wurde nicht')}; der Stand hatte sich vorher geändert.`,
  'timesheet.exported': (f) =>
    `Zeiteintrag ${f.text('timesheetId')} (${f.duration('newSeconds')}) wurde in Kimai exportiert, also abgerechnet.`,
} as const satisfies Readonly<Record<string, (f: EventReader) => string>>;

export type EventCode = keyof typeof GERMAN_EVENTS;
export type Events = Readonly<Record<EventCode, (f: EventReader) => string>>;

/** What a decision's later life is called: `decision.<choice>` ends it as decided. */
export const GERMAN_SETTLED = (choice: string): string => `Die Entscheidung ist ausgeführt: ${choice}.`;
export const GERMAN_UNKNOWN = (code: string): string => `Ereignis: ${code}.`;
