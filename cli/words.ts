import type { UNDO_ACTIONS } from '../api/undo/undo-fields.contract.js';
import type { Language } from '../words/format.js';

const GERMAN = {
  nothingWaits: 'Nichts wartet auf eine Entscheidung.',
  more: (count: number) => `${count} weitere`,
  notNow: (why: string) => `zurzeit nicht: ${why}`,
  state: (state: string, version: string) => `Status ${state}, Version ${version}`,
  choices: 'Entscheidungen:',
  differs: (field: string, source: string, target: string) =>
    `--field ${field}=zammad (${source}) oder ${field}=kimai (${target})`,
  decided: (seconds: number, withdraw: string) =>
    `Entschieden. Wird in ${seconds} s geschrieben; bis dahin nimmt das zurück: ${withdraw}`,
  withdrawn: 'Zurückgenommen; der Fall ist wieder offen.',
  allPreview: (counts: AllCounts) =>
    `Das entscheidet ${counts.cases} Fälle: ${counts.creates} anlegen, ${counts.updates} ändern, ${counts.deletes} löschen, ` +
    `${counts.writesNothing} ohne Änderung in Kimai, ${counts.blocked} nicht möglich.`,
  sayYes: 'Nichts wurde entschieden. Mit --yes wird es ausgeführt.',
  allDecided: (count: number, bulkId: string) =>
    `${count} Fälle sind entschieden. Zurück geht es danach mit: timebridge undo bulk ${bulkId}`,
  reapplied: (count: number, time: string) =>
    `Nach heutigen Zuordnungen und heutiger Beschreibung ändern sich ${count} übertragene Zeiteinträge (${time}); exportierte bleiben.`,
  reapplyYes: 'Nichts wurde geändert. Mit --yes ändert sie der nächste Abgleich.',
  reapplyMarked: 'Der nächste Abgleich ändert sie: timebridge sync',
  entryOn: (id: string, ticket: string, title: string) => `Eintrag ${id} zu Ticket #${ticket} ${title}`,
  unreadable: 'nicht lesbar',
  noCustomer: 'ohne Kunden',
  now: (state: string) => `Jetzt: ${state}`,
  deleted: 'gelöscht',
  exported: 'exportiert',
  timesheetOn: (id: string, time: string, day: string) => `Zeiteintrag ${id}: ${time} am ${day}`,
  unit: (from: string, unit: string) => `${from} ist eine Einheit ${unit}.`,
  always: 'Von Anfang an',
  since: (moment: string) => `Seit ${moment}`,
  sample: (ticket: string, person: string, unit: string, time: string) =>
    `Ticket #${ticket} (${person}): ${unit} → ${time}`,
  noSamples: 'Zammad hat noch keine Einträge, an denen sich die Einheit ablesen lässt.',
  confirmUnit: 'Stimmt das? Mit --confirm wird die Einheit bestätigt.',
  unitConfirmed: 'Bestätigt. Der nächste Abgleich liest Zammad damit noch einmal ganz.',
  isAt: (version: string, url: string) => `${version} unter ${url}`,
  answers: 'antwortet',
  temporalAway: 'antwortet nicht: Zurzeit kann nichts entschieden oder gestartet werden.',
  connected: 'verbunden',
  paused: (why: string) => `pausiert: ${why}`,
  waiting: 'Wartet',
  waits: (counts: { readonly open: number; readonly snoozed: number }, time: string) =>
    `${counts.open} offen (${time}), ${counts.snoozed} zurückgestellt`,
  queued: 'Unterwegs',
  isQueued: (counts: { readonly pendingWrites: number; readonly waitingDeliveries: number }) =>
    `${counts.pendingWrites} zu schreiben, ${counts.waitingDeliveries} Webhook-Aufrufe`,
  undo: {
    delete: 'löschen',
    restore: 'zurücksetzen',
    recreate: 'neu anlegen',
    unlink: 'Verknüpfung lösen',
    reopen: 'Verknüpfung zurücksetzen',
    nothing: 'bleiben, wie sie sind',
  } satisfies Readonly<Record<(typeof UNDO_ACTIONS)[number], string>>,
  undoWould: (what: string) => `Das wäre: ${what}`,
  undoNothing: 'nichts',
  undone: (count: number) => `Zurückgenommen: ${count} ${count === 1 ? 'Eintrag' : 'Einträge'}`,
  customersStay: (count: number) =>
    `Kunden, die dieser Lauf angelegt hat (${count}), bleiben mit ihren Projekten in Kimai; dort lassen sie sich ausblenden.`,
  ruleLeaves: (count: number) => `Auf ${count} weitere passt sie, die trotzdem auf einen Menschen warten.`,
  person: (choice: string) => `Mensch: ${choice}`,
  rule: (choice: string) => `Regel: ${choice}`,
};

type AllCounts = {
  readonly cases: number;
  readonly creates: number;
  readonly updates: number;
  readonly deletes: number;
  readonly writesNothing: number;
  readonly blocked: number;
};

/** What the command line says by itself, beside the sentences of `words/`. */
export type CliWords = typeof GERMAN;

const ENGLISH: CliWords = {
  nothingWaits: 'Nothing waits.',
  more: (count) => `${count} more`,
  notNow: (why) => `not now: ${why}`,
  state: (state, version) => `state ${state}, version ${version}`,
  choices: 'choices:',
  differs: (field, source, target) => `--field ${field}=zammad (${source}) or ${field}=kimai (${target})`,
  decided: (seconds, withdraw) => `Decided. Written in ${seconds} s unless you say: ${withdraw}`,
  withdrawn: 'Taken back; the conflict is open again.',
  allPreview: (counts) =>
    `This decides ${counts.cases} cases: ${counts.creates} to create, ${counts.updates} to change, ${counts.deletes} to delete, ` +
    `${counts.writesNothing} without a change in Kimai, ${counts.blocked} not possible.`,
  sayYes: 'Nothing was decided. With --yes it is carried out.',
  allDecided: (count, bulkId) =>
    `${count} cases are decided. Afterwards this takes it back: timebridge undo bulk ${bulkId}`,
  reapplied: (count, time) =>
    `By today's mappings and description, ${count} written time entries (${time}) change; exported ones stay.`,
  reapplyYes: 'Nothing was changed. With --yes the next run changes them.',
  reapplyMarked: 'The next run changes them: timebridge sync',
  entryOn: (id, ticket, title) => `Entry ${id} on ticket #${ticket} ${title}`,
  unreadable: 'unreadable',
  noCustomer: 'no customer',
  now: (state) => `Now: ${state}`,
  deleted: 'deleted',
  exported: 'exported',
  timesheetOn: (id, time, day) => `Timesheet ${id}: ${time} on ${day}`,
  unit: (from, unit) => `${from} one unit is ${unit}.`,
  always: 'From the beginning',
  since: (moment) => `Since ${moment}`,
  sample: (ticket, person, unit, time) => `Ticket #${ticket} (${person}): ${unit} → ${time}`,
  noSamples: 'Zammad has no entries yet that would show how long the unit is.',
  confirmUnit: 'Is that right? With --confirm the unit is confirmed.',
  unitConfirmed: 'Confirmed. With that the next run reads Zammad once more as a whole.',
  isAt: (version, url) => `${version} at ${url}`,
  answers: 'answers',
  temporalAway: 'does not answer: nothing can be decided or started.',
  connected: 'connected',
  paused: (why) => `paused: ${why}`,
  waiting: 'Waiting',
  waits: (counts, time) => `${counts.open} open (${time}), ${counts.snoozed} snoozed`,
  queued: 'Queued',
  isQueued: (counts) => `${counts.pendingWrites} writes, ${counts.waitingDeliveries} webhook calls`,
  undo: {
    delete: 'delete',
    restore: 'restore',
    recreate: 'create again',
    unlink: 'unlink',
    reopen: 'restore the link',
    nothing: 'stay as they are',
  },
  undoWould: (what) => `It would be: ${what}`,
  undoNothing: 'nothing',
  undone: (count) => `Taken back: ${count} ${count === 1 ? 'entry' : 'entries'}`,
  customersStay: (count) =>
    `Customers that this run created (${count}) stay in Kimai with their projects; hide them there.`,
  ruleLeaves: (count) => `It fits ${count} more that would still wait for a person.`,
  person: (choice) => `person: ${choice}`,
  rule: (choice) => `rule: ${choice}`,
};

const WORDS: Readonly<Record<Language, CliWords>> = { de: GERMAN, en: ENGLISH };

export const cliWords = (language: Language): CliWords => WORDS[language];
