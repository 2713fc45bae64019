import type { Random } from './random.js';

type Topic = {
  readonly title: string;
  readonly notes: readonly [string, ...string[]];
  /** Index of the group that works on it. */
  readonly group: 0 | 1 | 2;
};

const PLACES = [
  'im Lager',
  'am Empfang',
  'in der Buchhaltung',
  'im Büro 2. OG',
  'in der Werkstatt',
  'im Besprechungsraum',
  'im Verkauf',
  'im Versand',
] as const;
const PEOPLE = [
  'Hr. Maier',
  'Fr. Sommer',
  'Hr. Demir',
  'Fr. Frank',
  'Fr. Schulz',
  'Hr. Ostermann',
  'Fr. Busch',
  'neue Auszubildende',
] as const;

const TOPICS: readonly [Topic, ...Topic[]] = [
  {
    title: 'Drucker {place} druckt nicht',
    group: 0,
    notes: ['Treiber neu installiert, Testdruck in Ordnung.', 'Warteschlange geleert, Dienst neu gestartet.'],
  },
  {
    title: 'VPN-Zugang einrichten für {person}',
    group: 0,
    notes: ['Profil verteilt, Anmeldung getestet.', 'Zertifikat erneuert, Verbindung steht.'],
  },
  {
    title: 'Outlook fragt ständig nach dem Kennwort ({person})',
    group: 0,
    notes: ['Anmeldeinformationen zurückgesetzt.', 'Profil neu angelegt, Postfach synchronisiert.'],
  },
  { title: 'Benutzerkonto gesperrt: {person}', group: 0, notes: ['Konto entsperrt, Kennwort geändert.'] },
  { title: 'Monitor defekt {place}, Tausch', group: 1, notes: ['Gerät getauscht, Altgerät mitgenommen.'] },
  {
    title: 'Serverraum: Klima-Alarm',
    group: 1,
    notes: [
      'Vor Ort geprüft, Filter gereinigt, Temperatur wieder normal.',
      'Alarmgrenzen mit Haustechnik abgestimmt.',
    ],
  },
  {
    title: 'Umzug Exchange, Nacharbeiten',
    group: 2,
    notes: [
      'Freigegebene Postfächer übertragen.',
      'Autodiscover angepasst und geprüft.',
      'Weiterleitungen nachgezogen.',
    ],
  },
  {
    title: 'WLAN {place} bricht ab',
    group: 1,
    notes: ['Kanalplan geändert, Accesspoint neu gestartet.', 'Accesspoint getauscht, Messung in Ordnung.'],
  },
  {
    title: 'Neuer Arbeitsplatz für {person}',
    group: 2,
    notes: ['Notebook aufgesetzt, Software verteilt.', 'Übergabe und kurze Einweisung.'],
  },
  {
    title: 'Datensicherung meldet Fehler',
    group: 0,
    notes: [
      'Speicherplatz auf dem Ziel geschaffen, Lauf wiederholt.',
      'Sicherung läuft wieder, Rücksicherung einer Datei getestet.',
    ],
  },
  {
    title: 'Telefon {place} ohne Amtsleitung',
    group: 0,
    notes: ['Nebenstelle neu registriert.', 'Anbieterstörung, Rückmeldung abgewartet.'],
  },
  {
    title: 'Firewall: Freischaltung für Fernwartung Maschine',
    group: 2,
    notes: ['Regel angelegt, mit dem Hersteller getestet.'],
  },
  {
    title: 'Warenwirtschaft startet nicht ({person})',
    group: 0,
    notes: ['Laufzeitumgebung aktualisiert.', 'Mit dem Hersteller telefoniert, Dienst neu eingerichtet.'],
  },
  {
    title: 'Scan-to-Mail {place} geht nicht mehr',
    group: 0,
    notes: ['Absender auf moderne Anmeldung umgestellt.'],
  },
  {
    title: 'Phishing-Mail gemeldet von {person}',
    group: 0,
    notes: ['Absender gesperrt, Kopfzeilen geprüft, Hinweis an alle verschickt.'],
  },
  {
    title: 'Monatliche Wartung Server',
    group: 2,
    notes: [
      'Aktualisierungen eingespielt, Neustart außerhalb der Geschäftszeit.',
      'Ereignisprotokolle geprüft, Platz freigegeben.',
    ],
  },
  { title: 'Laufwerk Q: nicht verbunden {place}', group: 0, notes: ['Anmeldeskript korrigiert.'] },
  { title: 'Kassensystem {place} ohne Netz', group: 1, notes: ['Netzwerkdose geprüft, Kabel ersetzt.'] },
  {
    title: 'Zwei-Faktor-Anmeldung zurücksetzen: {person}',
    group: 0,
    notes: ['Neu registriert, Wiederherstellungscodes übergeben.'],
  },
  {
    title: 'Virtuelle Maschine ERP langsam',
    group: 2,
    notes: ['Arbeitsspeicher erhöht, Datenbankpflege durchgeführt.', 'Messung über zwei Tage ausgewertet.'],
  },
  {
    title: 'Etikettendrucker {place} verschiebt den Druck',
    group: 1,
    notes: ['Sensor kalibriert, Vorlage angepasst.'],
  },
  {
    title: 'Angebot Notebooks, technische Rückfragen',
    group: 2,
    notes: ['Ausstattung abgestimmt, Vergleich verschickt.'],
  },
  { title: 'Freigegebenes Postfach für {person}', group: 0, notes: ['Rechte gesetzt, Automapping geprüft.'] },
  { title: 'USV meldet Batterie schwach', group: 1, notes: ['Batterie getauscht, Selbsttest bestanden.'] },
  {
    title: 'Teams: Kamera {place} wird nicht erkannt',
    group: 0,
    notes: ['Treiber und Firmware aktualisiert.'],
  },
];

/** A subject as a ticket would name it, with what agents note while they work on it. */
export type Subject = { readonly title: string; readonly group: 0 | 1 | 2; readonly notes: Topic['notes'] };

/** Draws a subject. */
export function drawSubject(random: Random): Subject {
  const topic = random.pick(TOPICS);
  const title = topic.title.replace('{place}', random.pick(PLACES)).replace('{person}', random.pick(PEOPLE));
  return { title, group: topic.group, notes: topic.notes };
}

/** A subject for a night's alarm. */
export const NIGHT_SUBJECT: Subject = {
  title: 'Alarm Überwachung: Server antwortet nicht',
  group: 2,
  notes: [
    'Dienst neu gestartet, bis zur Entwarnung beobachtet.',
    'Host geprüft, virtuelle Maschine verschoben.',
  ],
};
