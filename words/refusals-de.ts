import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

/** What Kimai itself wrote, quoted beside our sentence: it is English for every user. */
export const kimaiSaid = (f: FactReader): string =>
  f.has('quoted') ? ` Kimai schreibt: „${f.list('quoted').join(' ')}“` : '';

const refused =
  (why: string, advice: string): Sentence =>
  (f) =>
    `Kimai hat den Zeiteintrag nicht angenommen: ${why}. ${advice}${kimaiSaid(f)}`;

/** What Kimai did not accept and what helps, by code (connectors/kimai/refusals.ts). */
export const GERMAN_REFUSALS = {
  overlap: refused(
    'Für diese Person ist zu dieser Zeit bereits Zeit erfasst',
    'Verschieben Sie einen der beiden Zeiteinträge, oder erlauben Sie in Kimai Überschneidungen.',
  ),
  future: refused(
    'Die Zeit liegt in der Zukunft',
    'Wiederholen Sie es, sobald sie vorbei ist, oder erlauben Sie in Kimai Zeiten in der Zukunft.',
  ),
  budget: refused(
    'Das Budget oder Stundenkontingent reicht nicht aus',
    'Erhöhen Sie es in Kimai, oder wählen Sie ein anderes Projekt.',
  ),
  project_ended: refused(
    'Das Projekt war an diesem Tag schon beendet',
    'Verlängern Sie es in Kimai, oder wählen Sie ein anderes Projekt.',
  ),
  project_not_started: refused(
    'Das Projekt hatte an diesem Tag noch nicht begonnen',
    'Legen Sie seinen Beginn in Kimai früher, oder wählen Sie ein anderes Projekt.',
  ),
  project_not_selectable: refused(
    'Auf das Projekt kann nicht gebucht werden, weil das Projekt oder sein Kunde ausgeblendet ist, es heute nicht läuft oder einem Team vorbehalten ist',
    'Ändern Sie das in Kimai, oder wählen Sie ein anderes Projekt.',
  ),
  activity_not_selectable: refused(
    'Die Tätigkeit kann nicht gewählt werden, weil sie ausgeblendet ist, zu einem anderen Projekt gehört oder das Projekt keine allgemeinen Tätigkeiten erlaubt',
    'Ändern Sie das in Kimai, oder wählen Sie eine andere Tätigkeit.',
  ),
  user_not_selectable: refused(
    'Der Benutzer ist dort nicht wählbar, denn er ist deaktiviert, oder das API-Token darf für ihn nicht buchen',
    'Ändern Sie das in Kimai, oder wählen Sie einen anderen Benutzer.',
  ),
  choice_invalid: refused(
    'Projekt, Tätigkeit oder Benutzer sind dort nicht wählbar',
    'Prüfen Sie die Zuordnung.',
  ),
  zero_duration: refused('Eine leere Dauer ist nicht erlaubt', 'Ändern Sie die Dauer.'),
  too_long: refused(
    'Die Dauer ist länger, als Kimai erlaubt',
    'Teilen Sie die Zeit in Zammad auf mehrere Einträge auf, oder erhöhen Sie in Kimai die Höchstdauer.',
  ),
  text_too_long: refused(
    'Die Beschreibung ist länger, als Kimai speichern kann',
    'Kürzen Sie den Titel des Tickets oder die Vorlage der Beschreibung.',
  ),
  period_locked: refused(
    'Der Tag liegt in einem in Kimai gesperrten Zeitraum',
    'Lassen Sie ihn dort öffnen, oder buchen Sie auf einen offenen Tag.',
  ),
  extra_fields: refused(
    'Dem API-Token fehlt eine Berechtigung für eines der Felder',
    'Der Verbindungstest nennt die Berechtigungen, die seine Rolle in Kimai braucht.',
  ),
  end_before_begin: refused('Das Ende liegt vor dem Beginn', 'Ändern Sie die Zeiten.'),
  timer_running: refused(
    'Ein laufender Zeiteintrag der Person lässt sich nicht beenden',
    'Lassen Sie ihn in Kimai beenden, und wiederholen Sie es dann.',
  ),
  start_not_allowed: refused(
    'Auf diesem Projekt oder dieser Tätigkeit darf dort keine Zeit beginnen',
    'Prüfen Sie in Kimai, ob beide sichtbar sind.',
  ),
  date_invalid: refused('Beginn oder Ende ist dort keine gültige Zeit', 'Ändern Sie die Zeiten.'),
  missing_value: refused(
    'Kimai verlangt eine Angabe, die fehlt',
    'Prüfen Sie die Zuordnung von Projekt und Tätigkeit.',
  ),
  forbidden: refused(
    'Der Zeiteintrag ist exportiert, sein Tag ist gesperrt, oder das API-Token darf ihn nicht ändern',
    'Öffnen Sie ihn in Kimai, oder geben Sie der Rolle des API-Tokens die Berechtigung.',
  ),
  gone: refused('Den Zeiteintrag gibt es dort nicht mehr', 'Der nächste Abgleich fragt, was geschehen soll.'),
  never_answered: () =>
    'Kimai hat auf diesen Zeiteintrag mehrmals nicht oder nur mit einem internen Fehler geantwortet; gespeichert ist er dort nicht. Sehen Sie im Protokoll von Kimai nach, und wiederholen Sie es dann.',
  refused: (f) =>
    `Kimai hat den Zeiteintrag nicht angenommen.${kimaiSaid(f)} Beheben Sie das in Kimai, und wiederholen Sie es.`,
} as const satisfies Readonly<Record<string, Sentence>>;

export type RefusalCode = keyof typeof GERMAN_REFUSALS;
export type Refusals = Readonly<Record<RefusalCode, Sentence>>;
