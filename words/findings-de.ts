import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

const UNITS: Readonly<Record<string, string>> = {
  hour: 'eine Stunde',
  quarter: 'eine Viertelstunde',
  minute: 'eine Minute',
  custom: 'eine eigene Zeiteinheit',
};
/** A unit of its own has no length that Zammad knows, only a name. */
const unitLength = (f: FactReader): string =>
  f.has('secondsPerUnit')
    ? ` (${f.duration('secondsPerUnit')})`
    : f.has('label')
      ? ` (${f.quoted('label')})`
      : '';
const unit = (f: FactReader): string => UNITS[f.text('unit')] ?? f.quoted('unit');

/** What the test of a connection found, by code (connectors/…/check.ts). */
export const GERMAN_FINDINGS = {
  zammad_reached: (f) => `Zammad antwortet und nimmt das API-Token von ${f.quoted('account')} an.`,
  zammad_listing_flat: (f) =>
    `Zammad zeigt alle erfassten Zeiten in einer Liste (${f.count('entries')} ${f.plural('entries', 'Eintrag', 'Einträge')}).`,
  zammad_listing_per_ticket: (f) =>
    `Dem API-Token fehlt die Berechtigung ${f.quoted('permission')}. Timebridge liest die Zeiten deshalb Ticket für Ticket: das ist langsamer und zeigt spätere Änderungen erst, wenn sich am Ticket etwas tut.`,
  zammad_version_too_old: (f) =>
    `Dieses Zammad ist zu alt: Erst seit Version ${f.text('required')} zeigt es erfasste Zeiten einzeln über seine API. Aktualisieren Sie Zammad.`,
  zammad_tickets_readable: () => 'Tickets mit erfasster Zeit sind lesbar.',
  zammad_no_tickets_visible: () =>
    'Es ist kein Ticket mit erfasster Zeit sichtbar. Geben Sie dem Benutzer des API-Tokens Zugriff auf die Gruppen, deren Zeiten übertragen werden sollen.',
  zammad_permission_missing: (f) =>
    `Dem API-Token für Zammad fehlt die Berechtigung ${f.quoted('permission')}. Erstellen Sie in Zammad unter „Profil > Token-Zugriff“ eines, das sie enthält.`,
  zammad_token_too_powerful: (f) =>
    `Das API-Token hat in Zammad die Berechtigung ${f.quoted('permission')} und darf mehr, als Timebridge braucht. Besser ist ein Token mit „admin.time_accounting“ und „ticket.agent“.`,
  zammad_unit: (f) => `In Zammad ist die Zeiteinheit ${unit(f)}, wie hier bestätigt.`,
  zammad_unit_changed: (f) =>
    `In Zammad ist die Zeiteinheit jetzt ${unit(f)}${unitLength(f)}${f.has('changedAt') ? `, seit ${f.moment('changedAt')}` : ''}; hier bestätigt sind ${f.duration('confirmed')} je Einheit. Einträge von da an meinen eine andere Zeit, deshalb ruhen Abgleiche, bis die Zeiteinheit bestätigt ist.`,
  zammad_unit_unnamed: (f) =>
    `In Zammad ist keine bekannte Zeiteinheit eingestellt. Timebridge rechnet mit ${f.duration('confirmed')} je Einheit; bitte an bekannten Einträgen prüfen.`,
  zammad_unit_unreadable: (f) =>
    `Die Zeiteinheit konnte in Zammad nicht gelesen werden, dazu fehlt die Berechtigung ${f.quoted('permission')}. Die hier eingestellte gilt ungeprüft.`,
  zammad_time_accounting_off: () => 'In Zammad ist die Zeiterfassung ausgeschaltet.',
  zammad_time_zone_differs: (f) =>
    `Zammads Berichte rechnen mit der Zeitzone ${f.text('zammad')}, hier ist ${f.text('connector')} eingestellt. Am Monatswechsel können die Summen deshalb abweichen.`,
  kimai_reached: (f) =>
    `Kimai ${f.text('version')} antwortet und nimmt das API-Token von ${f.quoted('account')} an.`,
  kimai_version_too_old: (f) =>
    `Kimai ${f.text('version')} ist zu alt: Erst seit Version ${f.text('required')} sucht es zuverlässig nach Schlagworten, woran Timebridge eigene Zeiteinträge erkennt. Aktualisieren Sie Kimai.`,
  kimai_time_zone: (f) => `Der Benutzer ${f.quoted('account')} hat dieselbe Zeitzone (${f.text('kimai')}).`,
  kimai_time_zone_differs: (f) =>
    `Der Benutzer ${f.quoted('account')} hat in Kimai die Zeitzone ${f.text('kimai')}, hier ist ${f.text('connector')} eingestellt. Alle Zeiten würden verschoben. Ändern Sie die Zeitzone im Profil dieses Benutzers in Kimai, oder hier und bei Zammad.`,
  kimai_token_too_powerful: (f) =>
    `Der Benutzer ${f.quoted('account')} hat in Kimai die Rolle ${f.quoted('role')} und könnte auch exportierte Zeiteinträge ändern. Timebridge tut das nie; sicherer ist ein eigener Benutzer mit einer Rolle, die nur die sechs nötigen Berechtigungen hat.`,
  kimai_tracking_mode: (f) =>
    `In Kimai ist die Zeiterfassung ${f.quoted('mode')} eingestellt, damit kann Timebridge buchen.`,
  kimai_no_future: () =>
    'Kimai erlaubt keine Zeiten in der Zukunft. Solche Einträge warten, bis die Zeit vorbei ist.',
  kimai_no_overlap: () =>
    'Kimai erlaubt keine Überschneidungen. Timebridge sucht dann den nächsten freien Platz am selben Tag.',
  kimai_users_listed: (f) =>
    `${f.count('users')} ${f.plural('users', 'Benutzer ist', 'Benutzer sind')} in Kimai sichtbar.`,
  kimai_permission_missing: (f) =>
    `Dem API-Token für Kimai fehlt die Berechtigung ${f.quoted('permission')}. Geben Sie sie in Kimai unter „System > Rollen“ der Rolle dieses Benutzers.`,
  kimai_token_may_export: () =>
    'Das API-Token dürfte in Kimai Zeiteinträge als exportiert kennzeichnen. Timebridge tut das nie; nehmen Sie der Rolle die Berechtigungen „edit_export_own_timesheet“ und „edit_export_other_timesheet“.',
  kimai_sees_others: () => 'Zeiteinträge anderer Benutzer sind lesbar.',
  kimai_sees_others_unproven: (f) =>
    `Es gibt noch keine Zeiteinträge anderer Benutzer. Ob die Berechtigung ${f.quoted('permission')} da ist, zeigt sich mit dem ersten.`,
  kimai_books_for_others: () => 'Zeiteinträge für andere Benutzer können angelegt werden.',
  kimai_changes_others: () => 'Zeiteinträge anderer Benutzer können geändert werden.',
  kimai_changes_others_unproven: (f) =>
    `Ob Zeiteinträge anderer Benutzer geändert werden können (Berechtigung ${f.quoted('permission')}), zeigt sich erst an einem offenen Zeiteintrag von heute.`,
  kimai_token_edits_exported: (f) =>
    `Das API-Token von ${f.quoted('account')} darf in Kimai auch exportierte Zeiteinträge ändern. Timebridge tut das nie; sicherer ist eine Rolle ohne die Berechtigung „edit_exported_timesheet“.`,
  kimai_lockdown: () =>
    'In Kimai ist ein älterer Zeitraum gesperrt. Zeiteinträge darin bleiben unberührt; was sich in Zammad noch ändert, kommt in den Eingang.',
  kimai_rounds_duration: () =>
    'Kimai rundet Dauern. Es gilt, was Kimai speichert; der Unterschied steht in der Summe als Rundung. Ist Kimais Rundung hier eingetragen, sagen Vorschauen, welche Dauer herauskommt.',
  kimai_creates_customers: () =>
    'Kunden und Projekte könnten in Kimai angelegt werden, wenn eine Brücke das soll.',
  kimai_cannot_create_customers: (f) =>
    `Kunden und Projekte kann Timebridge in Kimai nicht anlegen, dazu fehlt ${f.quoted('permission')}. Nötig ist das nur, wenn eine Brücke fehlende Kunden selbst anlegen soll.`,
  kimai_cannot_create_tags: (f) =>
    `Das API-Token darf in Kimai keine Schlagworte anlegen, die Berechtigung ${f.quoted('permission')} fehlt. Legen Sie die Schlagworte der Brücke dort von Hand an, und zwar sichtbar.`,
} as const satisfies Readonly<Record<string, Sentence>>;

export type FindingCode = keyof typeof GERMAN_FINDINGS;
export type Findings = Readonly<Record<FindingCode, Sentence>>;
