import type { FactReader } from './fact-reader.js';
import { GERMAN_FINDINGS } from './findings-de.js';
import { GERMAN_REFUSALS, kimaiSaid } from './refusals-de.js';
import { GERMAN_REACH } from './reach-de.js';
import { germanDoubt, GERMAN_PROVISION } from './provision-de.js';
import { GERMAN_UNDO } from './undo-de.js';

type Sentence = (f: FactReader) => string;

const FIELDS: Readonly<Record<string, string>> = {
  seconds: 'die Dauer',
  day: 'der Tag',
  projectId: 'das Projekt',
  activityId: 'die Tätigkeit',
  userId: 'die Person',
};

const fields = (f: FactReader): string =>
  f
    .list('fields')
    .map((field) => FIELDS[field] ?? field)
    .join(', ');
const onlyTime = (f: FactReader): boolean =>
  f.list('fields').length === 1 && f.list('fields')[0] === 'seconds';
const entries = (f: FactReader): string =>
  `${f.count('entryCount')} ${f.plural('entryCount', 'Eintrag', 'Einträge')}`;
const waiting = (f: FactReader): string =>
  `${entries(f)} mit zusammen ${f.duration('sourceSeconds')} ${f.plural('entryCount', 'wartet', 'warten')} darauf.`;
const rounded = (f: FactReader): string =>
  f.has('roundedSeconds') ? ` Kimai rundet voraussichtlich auf ${f.duration('roundedSeconds')}.` : '';
const rows = (f: FactReader): string =>
  `${f.count('rowCount')} ${f.plural('rowCount', 'Zeiteintrag', 'Zeiteinträge')}`;
const lockedTail = (f: FactReader): string =>
  f.number('differenceSeconds') > 0
    ? `Die Differenz von ${f.difference('differenceSeconds')} können Sie als Korrektur im offenen Zeitraum buchen.`
    : f.number('differenceSeconds') < 0
      ? `Die Differenz von ${f.difference('differenceSeconds')} können Sie von einem offenen Zeiteintrag abziehen oder außerhalb von Kimai gutschreiben.`
      : 'Die Dauer bleibt gleich, geändert ist in Zammad nur der Aktivitäts-Typ.';

/** German sentences by reason code (words.md, sections 2 and 3). */
export const GERMAN = {
  ...GERMAN_FINDINGS,
  ...GERMAN_REACH,
  ...GERMAN_UNDO,
  ...GERMAN_PROVISION,
  token_risk_open: () =>
    'Das API-Token von Kimai könnte exportierte, also abgerechnete Zeiteinträge ändern. Timebridge schreibt erst, wenn die Verwaltung dieses Risiko annimmt und „Abgeschlossen bis“ setzt, oder ein Token mit weniger Rechten hinterlegt ist.',
  webhook_name_taken: (f) =>
    `In Zammad gibt es schon einen Webhook oder Trigger ${f.quoted('name')}, der nicht von Timebridge angelegt wurde. Benennen Sie ihn um.`,
  provision_doubt: germanDoubt,
  // Why a case is there
  target_changed: (f) =>
    onlyTime(f)
      ? `In Kimai wurde die Dauer nach dem Abgleich von ${f.duration('baseSeconds')} auf ${f.duration('targetSeconds')} geändert. In Zammad sind weiterhin ${f.duration('sourceSeconds')} erfasst.`
      : `In Kimai wurde nach dem Abgleich geändert: ${fields(f)}. In Zammad sind weiterhin ${f.duration('sourceSeconds')} erfasst.`,
  source_changed: (f) =>
    onlyTime(f)
      ? `In Zammad wurde die Dauer nach dem Abgleich von ${f.duration('baseSeconds')} auf ${f.duration('sourceSeconds')} geändert. Kimai hat weiterhin ${f.duration('targetSeconds')}.`
      : `In Zammad wurde nach dem Abgleich geändert: ${fields(f)}. Kimai hat weiterhin den alten Stand.`,
  both_changed: (f) =>
    onlyTime(f)
      ? `Die Dauer wurde seit dem letzten Abgleich auf beiden Seiten geändert: in Zammad auf ${f.duration('sourceSeconds')}, in Kimai auf ${f.duration('targetSeconds')}.`
      : `Seit dem letzten Abgleich wurde auf beiden Seiten geändert: ${fields(f)}.`,
  ticket_moved: (f) =>
    f.number('leadCount') > 1
      ? `Das Ticket #${f.text('ticketNumber')} gehört in Zammad jetzt zu einem anderen Kunden. ${f.number('leadCount')} seiner Zeiteinträge stehen in Kimai noch beim bisherigen.`
      : `Das Ticket #${f.text('ticketNumber')} gehört in Zammad jetzt zu einem anderen Kunden. Der Zeiteintrag vom ${f.day('entryDay')} über ${f.duration('targetSeconds')} steht in Kimai noch beim bisherigen.`,
  ticket_moved_locked: (f) =>
    f.number('leadCount') > 1
      ? `Ticket #${f.text('ticketNumber')} gehört in Zammad jetzt zu einem anderen Kunden. ${f.number('leadCount')} seiner Zeiteinträge sind in Kimai exportiert oder gesperrt: Sie bleiben beim bisherigen.`
      : `Ticket #${f.text('ticketNumber')} gehört in Zammad jetzt zu einem anderen Kunden. Der Zeiteintrag von ${f.duration('targetSeconds')} vom ${f.day('entryDay')} ist in Kimai exportiert oder gesperrt: Er bleibt beim bisherigen.`,
  reapplied: (f) =>
    `Mit den heutigen Zuordnungen und der heutigen Vorlage der Beschreibung sähe der Zeiteintrag von ${f.duration('targetSeconds')} vom ${f.day('entryDay')} in Kimai anders aus${f.list('fields').length > 0 ? `: ${fields(f)}` : ''}.`,
  match_differs: (f) =>
    `In Kimai gibt es zu Ticket #${f.text('ticketNumber')} am ${f.day('entryDay')} schon einen Zeiteintrag, aber mit ${f.duration('targetSeconds')} statt ${f.duration('sourceSeconds')}.`,
  marker_differs: (f) =>
    `Der Zeiteintrag in Kimai nennt in seiner Beschreibung die Kennung dieses Zammad-Eintrags, hat aber ${f.duration('targetSeconds')} statt ${f.duration('sourceSeconds')}.`,
  exact_match: (f) =>
    `In Kimai gibt es schon einen Zeiteintrag zu Ticket #${f.text('ticketNumber')} vom ${f.day('entryDay')} mit ${f.duration('sourceSeconds')}.`,
  marker_found: (f) =>
    `Der Zeiteintrag vom ${f.day('entryDay')} ist in Kimai schon vorhanden: In seiner Beschreibung steht die Kennung dieses Zammad-Eintrags.`,
  several_matches: (f) =>
    `Zu Ticket #${f.text('ticketNumber')} gibt es am ${f.day('entryDay')} ${rows(f)} mit ${f.duration('sourceSeconds')} in Kimai, aber nicht gleich viele Einträge in Zammad. Vermutlich ist etwas doppelt.`,
  several_with_marker: (f) =>
    `Zu diesem Zammad-Eintrag gibt es in Kimai mehrere Zeiteinträge vom ${f.day('entryDay')} mit zusammen ${f.duration('targetSeconds')}. Einer davon ist vermutlich doppelt.`,
  similar_rows: (f) =>
    f.number('rowCount') === 1
      ? 'Ein Zeiteintrag in Kimai könnte passen, stimmt aber nicht genau überein. Wählen Sie ihn aus oder legen Sie einen neuen an.'
      : `${f.count('rowCount')} Zeiteinträge in Kimai könnten passen, keiner stimmt genau überein. Wählen Sie einen aus oder legen Sie einen neuen an.`,
  missing: () =>
    'Dieser Eintrag fehlt in Kimai. Diese Brücke legt neue Zeiteinträge erst nach Ihrer Entscheidung an.',
  asked_by_rule: (f) =>
    `${f.has('rule') ? `Die Regel ${f.quoted('rule')}` : 'Eine Regel'} dieser Brücke fragt nach, bevor ${f.duration('sourceSeconds')} zu Ticket #${f.text('ticketNumber')} vom ${f.day('entryDay')} übertragen werden.`,
  missing_old: (f) =>
    `Dieser Eintrag vom ${f.day('entryDay')} fehlt in Kimai. Er war schon über 35 Tage alt, als er zum ersten Mal gelesen wurde.`,
  target_deleted: (f) =>
    `Der zugehörige Zeiteintrag wurde in Kimai gelöscht. In Zammad sind weiterhin ${f.duration('sourceSeconds')} erfasst.`,
  source_deleted: (f) =>
    `Die erfasste Zeit wurde in Zammad gelöscht. Der Zeiteintrag über ${f.duration('targetSeconds')} ist in Kimai noch vorhanden.`,
  net_zero_written: (f) =>
    `Korrekturen in Zammad haben die Zeit dieses Eintrags aufgehoben. Der Zeiteintrag über ${f.duration('targetSeconds')} ist in Kimai noch vorhanden.`,
  lead_not_positive: (f) =>
    `Der Eintrag in Zammad hat keine positive Dauer mehr. Der Zeiteintrag über ${f.duration('targetSeconds')} ist in Kimai noch vorhanden.`,
  locked_row_exported: (f) =>
    `Der Zeiteintrag ist bereits exportiert und wird nicht mehr geändert. ${lockedTail(f)}`,
  locked_day_closed: (f) =>
    `Der ${f.day('rowDay')} liegt im abgeschlossenen Zeitraum (bis ${f.day('closedUntilDay')}). ${lockedTail(f)}`,
  locked_row_unreadable: (f) =>
    `Der Zeiteintrag in Kimai konnte nicht gelesen werden und bleibt unberührt. ${lockedTail(f)}`,
  locked_row_running: (f) => `Der Zeiteintrag läuft in Kimai noch und bleibt unberührt. ${lockedTail(f)}`,
  locked_nothing_left: (f) => `Kein offener Zeiteintrag kann die Differenz aufnehmen. ${lockedTail(f)}`,
  new_on_closed_day: (f) =>
    `Der ${f.day('entryDay')} liegt im abgeschlossenen Zeitraum (bis ${f.day('closedUntilDay')}). Die ${f.duration('sourceSeconds')} können Sie als Korrektur im offenen Zeitraum buchen.`,
  unmapped_activity: (f) =>
    `Der Aktivitäts-Typ ${f.quoted('name')} ist noch keiner Tätigkeit in Kimai zugeordnet. ${waiting(f)}`,
  unmapped_no_activity: (f) =>
    `Einträge ohne Aktivitäts-Typ sind noch keiner Tätigkeit in Kimai zugeordnet. ${waiting(f)}`,
  unmapped_user: (f) =>
    `${f.text('name')} ist noch keinem Benutzer in Kimai zugeordnet. ${entries(f)} (${f.duration('sourceSeconds')}) ${f.plural('entryCount', 'wartet', 'warten')} darauf.`,
  unmapped_customer: (f) =>
    `Die Organisation ${f.quoted('name')} ist noch keinem Kunden in Kimai zugeordnet. ${waiting(f)}`,
  unmapped_ticket_customer: (f) =>
    `Der Ticket-Kunde ${f.quoted('name')} ohne Organisation ist noch keinem Kunden in Kimai zugeordnet. ${waiting(f)}`,
  unmapped_no_customer: (f) =>
    `Tickets ohne Organisation und ohne Ticket-Kunden sind noch keinem Kunden in Kimai zugeordnet. ${waiting(f)}`,
  correction: (f) =>
    `In Zammad wurden ${f.duration('sourceSeconds')} erfasst; Kimai nimmt keine negative Dauer an. Von welchem Zeiteintrag soll die Zeit abgezogen werden?`,
  unreadable: (f) =>
    `Der Zammad-Eintrag vom ${f.day('entryDay')} konnte nicht gelesen werden (Wert: ${f.quoted('unitText')}). Die Summe ist ohne ihn unvollständig.`,
  reverted: () =>
    'Das Schreiben dieses Eintrags wurde rückgängig gemacht. Er wird nicht von selbst erneut geschrieben.',
  unknown_outcome: () =>
    'Kimai hat auf das Schreiben nicht geantwortet. Ob der Zeiteintrag angelegt wurde, lässt sich nicht feststellen, weil diese Brücke keine Kennung in die Beschreibung schreibt.',
  guard_deletes: (f) =>
    `Dieser Abgleich hat ${f.count('stepCount')} Löschungen unter ${f.count('linkCount')} verknüpften Einträgen gefunden. Ab ${f.count('limit')} auf einmal wartet Timebridge auf eine Freigabe durch die Verwaltung.`,
  guard_updates: (f) =>
    `Dieser Abgleich würde ${f.count('stepCount')} Zeiteinträge ändern, von ${f.count('linkCount')} verknüpften. Ab ${f.count('limit')} auf einmal wartet Timebridge auf eine Freigabe durch die Verwaltung.`,
  guard_restored: (f) =>
    `Eines der Systeme wurde vermutlich aus einer Sicherung wiederhergestellt: ${entries(f)} aus Zammad und ${rows(f)} in Kimai passen nicht mehr zum letzten Abgleich. Bis zu einer Entscheidung wird nichts geschrieben.`,

  // What Kimai did not accept
  ...GERMAN_REFUSALS,
  no_free_place: (f) =>
    `Am ${f.day('rowDay')} ist für diese Person kein freier Platz, und Kimai erlaubt keine Überschneidungen.`,

  // Where an entry stands
  in_agreement: () => 'Stimmt überein.',
  words_noted: () => 'Stimmt überein; in Kimai wurden nur Angaben geändert, die dort bestimmt werden.',
  facts_noted: () => 'Stimmt überein; der neue Stand in Zammad ändert in Kimai nichts.',
  both_moved_alike: () => 'Auf beiden Seiten wurde dasselbe geändert.',
  net_zero: () => 'Die Zeit hebt sich durch Korrekturen auf; in Kimai wird nichts geschrieben.',
  nothing_to_write: () => 'Es ist keine Zeit zu schreiben.',
  gone_on_both_sides: () => 'Der Eintrag ist auf beiden Seiten gelöscht.',
  closed_by_decision: () => 'Durch eine Entscheidung abgeschlossen.',
  kept_by_decision: () => 'Bleibt nach einer Entscheidung, wie es ist.',
  ticket_merged: (f) =>
    `Ticket #${f.text('ticketNumber')} wurde in Zammad mit einem anderen zusammengefasst. Die dort erfasste Zeit bleibt bei #${f.text('ticketNumber')}.`,
  before_start: () => 'Der Eintrag liegt vor dem Startdatum der Brücke.',
  ignored_mapping: (f) => `${f.quoted('name')} wird nicht nach Kimai übertragen.`,
  decided: () => 'Durch eine Entscheidung festgelegt.',
  quiet_period: (f) => `Wird nach der Ruhezeit übertragen, ab ${f.moment('untilAt')}.`,
  ends_in_future: (f) =>
    `Wird übertragen, sobald die Zeit vorbei ist (${f.moment('untilAt')}); Kimai erlaubt keine Zeiten in der Zukunft.`,
  held_by_guard: () => 'Wartet auf die Freigabe des ganzen Abgleichs.',
  target_paused: () => 'Wird übertragen, sobald Kimai wieder erreichbar ist.',

  // What a choice does
  will_create: (f) =>
    `In Kimai wird ein Zeiteintrag vom ${f.day('rowDay')} mit ${f.duration('newSeconds')} angelegt.${rounded(f)}`,
  will_update: (f) =>
    onlyTime(f)
      ? `Der Zeiteintrag in Kimai wird von ${f.duration('oldSeconds')} auf ${f.duration('newSeconds')} geändert.${rounded(f)}`
      : `In Kimai wird geändert: ${fields(f)}.${rounded(f)}`,
  backtest: (f) =>
    `Hätte ${f.count('decidedCount')} von ${f.count('consideredCount')} ${f.plural('consideredCount', 'Fall', 'Fällen')} entschieden, ${f.number('differentCount') === 0 ? 'keinen' : f.count('differentCount')} davon anders als Menschen.`,
  backtest_nothing: (f) =>
    `Hätte keinen von ${f.count('consideredCount')} ${f.plural('consideredCount', 'Fall', 'Fällen')} entschieden.`,
  backtest_no_cases: () => 'Noch hat kein Mensch einen Fall entschieden, an dem sich die Regel prüfen ließe.',
  will_update_several: (f) =>
    `In Kimai werden ${f.count('rowCount')} Zeiteinträge auf den neuen Kunden umgebucht.`,
  will_delete: (f) =>
    `In Kimai ${f.plural('rowCount', 'wird', 'werden')} ${rows(f)} mit ${f.duration('targetSeconds')} gelöscht.`,
  will_keep: (f) => `Der Zeiteintrag in Kimai bleibt bei ${f.duration('targetSeconds')}.`,
  will_keep_one: (f) =>
    `Ein Zeiteintrag mit ${f.duration('targetSeconds')} bleibt und wird verknüpft; ${f.count('rowCount')} ${f.plural('rowCount', 'anderer wird', 'andere werden')} in Kimai gelöscht.`,
  will_link: (f) =>
    `Der Zeiteintrag mit ${f.duration('targetSeconds')} wird verknüpft. In Kimai ändert sich nichts.`,
  will_deduct: (f) =>
    `Der gewählte Zeiteintrag wird von ${f.duration('oldSeconds')} auf ${f.duration('newSeconds')} gekürzt.${rounded(f)}`,
  will_accept_difference: (f) =>
    `Die Differenz von ${f.difference('differenceSeconds')} gilt als außerhalb von Kimai erledigt und wird je Monat aufgeführt.`,
  will_change_nothing: () => 'In Kimai ändert sich nichts.',
  will_map: (f) =>
    `Danach ${f.plural('entryCount', 'wird', 'werden')} ${entries(f)} mit ${f.duration('sourceSeconds')} neu abgeglichen.`,
  will_ignore: (f) =>
    `${entries(f)} mit ${f.duration('sourceSeconds')} ${f.plural('entryCount', 'wird', 'werden')} nicht nach Kimai übertragen, auch künftig nicht.`,
  will_read_again: () => 'Der Eintrag wird in Zammad erneut gelesen.',
  will_go_ahead: (f) => `${f.count('stepCount')} zurückgehaltene Änderungen werden ausgeführt.`,

  // Why a choice is not possible
  row_exported: () => 'Der Zeiteintrag ist bereits exportiert.',
  row_unreadable: () => 'Der Zeiteintrag in Kimai konnte nicht gelesen werden.',
  row_running: () => 'Der Zeiteintrag läuft in Kimai noch.',
  day_closed: (f) =>
    `Der ${f.day('rowDay')} liegt im abgeschlossenen Zeitraum (bis ${f.day('closedUntilDay')}).`,
  nothing_left: () => 'Kein offener Zeiteintrag kann die Differenz aufnehmen.',
  already_linked: () => 'Der Eintrag ist schon mit einem Zeiteintrag verknüpft.',
  not_linked: () => 'Der Eintrag ist noch mit keinem Zeiteintrag verknüpft.',
  mapping_missing: () => 'Es fehlt noch eine Zuordnung.',
  not_for_this_case: () => 'Das passt nicht zu diesem Fall.',
  difference_not_positive: () => 'Nur zusätzliche Zeit kann als Korrektur gebucht werden.',
  difference_not_negative: () => 'Nur eine Verringerung kann abgezogen werden.',
  lead_too_short: (f) => `Dieser Zeiteintrag hat nur ${f.duration('leadSeconds')}.`,
  choose_a_lead: () => 'Wählen Sie den Eintrag, von dem die Zeit abgezogen wird.',
  choose_a_row: () => 'Wählen Sie einen offenen Zeiteintrag dieses Kunden.',
  choose_a_candidate: () => 'Wählen Sie einen der Vorschläge.',
  choose_a_target: () => 'Wählen Sie aus, was in Kimai gemeint ist.',
  choose_fields: () => 'Wählen Sie für mindestens ein Feld eine Seite.',
  field_not_differing: (f) => `Diese Felder unterscheiden sich nicht: ${fields(f)}.`,
  choice_not_offered: () => 'Diese Entscheidung gibt es für diesen Fall nicht.',
  second_person_missing: (f) =>
    `Bei so viel Zeit (ab ${f.duration('limitSeconds')}) müssen zwei Personen dasselbe entscheiden.`,
  edit_something: () => 'Ändern Sie Beginn, Dauer oder Projekt, bevor Sie es erneut versuchen.',
  whole_minutes_only: () => 'Die Dauer muss aus ganzen Minuten bestehen.',
  longer_than_a_day: () => 'Die Dauer darf höchstens 24:00 h betragen.',
  not_a_time: (f) => `${f.quoted('begin')} ist keine Uhrzeit. Schreiben Sie zum Beispiel 14:30.`,
  stale: (f) =>
    `Der Eintrag wurde erneut geändert (${f.moment('changedAt')}). Ihre Entscheidung wurde nicht übernommen, bitte prüfen Sie den neuen Stand.`,

  // Asking the agent in the ticket
  ticket_written: () => 'Im Ticket wurde etwas geschrieben, seit der Fall zurückgestellt wurde.',
  note_no_ticket: () => 'Zu diesem Fall gibt es kein Ticket, in dem gefragt werden kann.',
  note_not_allowed: () =>
    'Das API-Token darf in diesem Ticket keine Notiz schreiben. Geben Sie seinem Benutzer in Zammad für die Gruppe des Tickets die Berechtigung „Ändern“.',
  note_refused: (f) =>
    `Zammad hat die Notiz nicht angenommen.${f.has('quoted') ? ` Zammad schreibt: ${f.quoted('quoted')}` : ''}`,
  note_system_stopped: () =>
    'Die Verbindung zu Zammad ist unterbrochen. Die Frage wurde nicht gestellt; versuchen Sie es später noch einmal.',

  // Why a connector stands still
  rate_limited: (f) =>
    `${f.text('system')} bittet um eine Pause. Die Übertragung wird automatisch wiederholt.`,
  unavailable: (f) =>
    `${f.text('system')} ist seit ${f.moment('sinceAt')} nicht erreichbar. Die Übertragung wird automatisch wiederholt, es geht nichts verloren.`,
  outcome_unknown: (f) =>
    `${f.text('system')} hat auf ein Schreiben nicht geantwortet. Timebridge prüft, ob es angekommen ist.`,
  credentials_rejected: (f) =>
    `${f.text('system')} nimmt das API-Token nicht an. Die Brücke pausiert, bis ein gültiges hinterlegt ist.`,
  permission_missing: (f) =>
    `Dem API-Token für ${f.text('system')} fehlt die Berechtigung ${f.quoted('permission')}. Die Brücke pausiert, bis seine Rolle sie enthält.`,
  contract_broken: (f) =>
    `${f.text('system')} antwortet anders als erwartet. Die Brücke pausiert, damit nichts falsch gelesen wird.`,
  destination_refused: (f) =>
    `Die Adresse von ${f.text('system')} darf nicht aufgerufen werden, oder ihr Zertifikat lässt sich nicht prüfen.`,
  setting_changed: (f) =>
    `Eine Einstellung in ${f.text('system')} ist nicht mehr die bestätigte. Die Brücke pausiert, bis sie bestätigt ist.`,
  control_differs: (f) =>
    `Der Monatsbericht von Zammad nennt für den Monat ab ${f.day('monthDay')} ${f.duration('reportedSeconds')}, gelesen sind ${f.duration('heldSeconds')} (${f.difference('differenceSeconds')}).${f.number('unreadable') > 0 ? ` ${f.count('unreadable')} Einträge waren nicht lesbar.` : ''}`,
  source_empty: (f) =>
    `Zammad hat keinen einzigen Eintrag genannt, zuvor waren es ${f.count('entryCount')}. Bitte prüfen Sie das API-Token und Zammad.`,
  target_empty: (f) =>
    `Kimai hat keinen einzigen Zeiteintrag genannt, zuvor waren es ${f.count('rowCount')}. Bitte prüfen Sie das API-Token und Kimai.`,
  guard_stopped: () =>
    'Eines der Systeme wurde vermutlich aus einer Sicherung zurückgespielt. Die Brücke schreibt nichts, bis die Verwaltung den Fall dazu entschieden hat.',
  installation_copied: () =>
    'Diese Datenbank gehört zu einer anderen Installation (Kopie oder Wiederherstellung). Alle Brücken pausieren, bis die Verwaltung sie bestätigt.',
  record_refused: (f) => `${f.text('system')} hat diesen Eintrag nicht angenommen.${kimaiSaid(f)}`,
} as const satisfies Readonly<Record<string, Sentence>>;

/** Every reason that Timebridge can give. A text that one language lacks does not compile. */
export type SentenceCode = keyof typeof GERMAN;
export type Sentences = Readonly<Record<SentenceCode, Sentence>>;
