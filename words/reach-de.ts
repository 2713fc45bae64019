import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

/** What went wrong in the words of the program that met it: English, for whoever runs the systems, after our own sentence. */
const said = (f: FactReader) => (f.has('message') ? ` Technische Meldung: ${f.quoted('message')}` : '');

/** What keeps a system from answering, each with what to do about it (connectors/http/reach.ts, domain/errors.ts). */
export const GERMAN_REACH = {
  check_credentials_rejected: (f) =>
    `${f.text('system')} nimmt das API-Token nicht an. Es ist falsch kopiert, abgelaufen oder gelöscht, oder sein Benutzer ist gesperrt. Erstellen Sie ein neues und tragen Sie es hier ein.`,
  check_permission_missing: (f) =>
    `Dem API-Token für ${f.text('system')} fehlt die Berechtigung ${f.quoted('permission')}. Geben Sie sie der Rolle seines Benutzers und testen Sie erneut.`,
  check_contract_broken: (f) =>
    `${f.text('system')} antwortet anders als erwartet. Führt die Adresse wirklich dorthin?${said(f)}`,
  check_rate_limited: (f) =>
    `${f.text('system')} bittet um eine Pause. Testen Sie in einigen Minuten erneut.`,
  check_unavailable: (f) =>
    `${f.text('system')} antwortet gerade nicht wie gewohnt: Wartungsmodus, oder der Zugriff mit API-Token ist ausgeschaltet (in Zammad unter „Admin > API“).`,
  check_destination_refused: (f) =>
    `Timebridge ruft die Adresse von ${f.text('system')} nicht auf. Prüfen Sie sie.${said(f)}`,
  check_outcome_unknown: (f) => `${f.text('system')} hat nicht geantwortet. Testen Sie erneut.`,
  check_setting_changed: (f) => `Eine Einstellung in ${f.text('system')} ist nicht mehr die bestätigte.`,
  check_record_refused: (f) => `${f.text('system')} hat die Abfrage nicht angenommen.${said(f)}`,
  reach_dns: (f) =>
    `Der Name ${f.quoted('host')} ist dort, wo Timebridge läuft, nicht bekannt. Prüfen Sie die Schreibweise und den DNS-Server dieses Rechners.`,
  reach_refused: (f) =>
    `Unter ${f.quoted('host')} nimmt nichts Verbindungen an. Läuft ${f.text('system')}, und stimmt der Port?`,
  reach_unreachable: (f) =>
    `Zu ${f.quoted('host')} führt von hier kein Weg. Prüfen Sie Netz, VPN und Firewall.`,
  reach_connect_timeout: (f) =>
    `${f.quoted('host')} nimmt innerhalb von fünf Sekunden keine Verbindung an. Meist hält eine Firewall sie auf.`,
  reach_no_answer: (f) =>
    `${f.quoted('host')} hat die Verbindung angenommen, aber nicht geantwortet. Das System ist überlastet, oder ein Proxy davor hat abgebrochen.`,
  reach_proxy_refused: (f) =>
    `Der Proxy vor ${f.quoted('host')} öffnet den Weg nicht. Prüfen Sie die Proxy-Einstellung dieser Anbindung und was der Proxy erlaubt.`,
  reach_server_error: (f) =>
    `${f.quoted('host')} antwortet mit dem Fehler ${f.text('status')}. ${f.text('system')} ist gestört oder wird gewartet; testen Sie später erneut.`,
  reach_redirect: (f) =>
    `${f.quoted('host')} leitet weiter an ${f.quoted('place')}. Weiterleitungen folgt Timebridge nicht, damit das API-Token an keine fremde Adresse geht. Tragen Sie die Zieladresse ein.`,
  reach_not_json: (f) =>
    `Unter ${f.quoted('host')} antwortet etwas anderes als ${f.text('system')}: oft die Anmeldeseite eines Proxys, oder die Adresse ist nicht die der Anwendung.`,
  reach_forbidden_address: (f) =>
    `${f.quoted('host')} führt zu einer Adresse, die Timebridge nie aufruft (dieser Rechner selbst, Link-Local oder Metadaten-Dienst). Für ein System auf diesem Rechner setzen Sie TIMEBRIDGE_ALLOW_LOOPBACK=true.`,
  reach_tls_self_signed: (f) =>
    `Das Zertifikat von ${f.quoted('host')} ist selbst signiert. Tragen Sie es (oder das der eigenen Zertifizierungsstelle) bei dieser Anbindung unter „Eigene Zertifizierungsstelle“ ein.`,
  reach_tls_unknown_authority: (f) =>
    `Das Zertifikat von ${f.quoted('host')} kommt von einer Zertifizierungsstelle, die hier nicht bekannt ist, oder der Server sendet die Zwischenzertifikate nicht mit. Tragen Sie die Zertifizierungsstelle bei dieser Anbindung ein, oder ergänzen Sie die Kette am Server.`,
  reach_tls_expired: (f) => `Das Zertifikat von ${f.quoted('host')} ist abgelaufen. Erneuern Sie es dort.`,
  reach_tls_not_yet_valid: (f) =>
    `Das Zertifikat von ${f.quoted('host')} gilt noch nicht. Stimmen die Uhren beider Rechner?`,
  reach_tls_wrong_host: (f) =>
    `Das Zertifikat gilt nicht für ${f.quoted('host')}. Tragen Sie die Adresse mit dem Namen ein, auf den es ausgestellt ist.`,
  reach_tls_not_spoken: (f) =>
    `${f.quoted('host')} spricht kein TLS. Beginnt die Adresse mit https://, obwohl der Port unverschlüsselt ist? Dann schreiben Sie http://, besser ist ein Zertifikat am Server.`,
  reach_tls_other: (f) =>
    `Die verschlüsselte Verbindung zu ${f.quoted('host')} kommt nicht zustande.${said(f)}`,
} as const satisfies Readonly<Record<string, Sentence>>;

export type Reach = Readonly<Record<keyof typeof GERMAN_REACH, Sentence>>;
