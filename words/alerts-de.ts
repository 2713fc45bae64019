import type { FactReader } from './fact-reader.js';

/** What a message says: its subject, then what happened, then what to do. */
export type AlertWords = {
  readonly subject: (f: FactReader) => string;
  /** A reason that the message is about stands before it as a sentence of its own. */
  readonly says: (f: FactReader) => string;
};

const onDuty = (f: FactReader): string =>
  f.has('onDuty')
    ? ` Für das, was niemandem zugewiesen ist, ist diese Woche zuständig: ${f.text('onDuty')}.`
    : '';

export const GERMAN_ALERTS = {
  connector_stopped: {
    subject: (f) => `${f.text('system')}: der Abgleich wartet`,
    says: () =>
      'Bis dahin bleibt alles vorgemerkt, was zu schreiben ist. Sobald die Verbindung wieder steht, wird es nachgeholt.',
  },
  connector_resumed: {
    subject: (f) => `${f.text('system')} antwortet wieder`,
    says: (f) =>
      `Die Verbindung steht seit ${f.moment('sinceAt')} wieder. Was gewartet hat, wird nachgeholt.`,
  },
  run_warning: {
    subject: (f) => `Abgleich „${f.text('bridge')}“: bitte prüfen`,
    says: () => 'Der Abgleich ist durchgelaufen, aber das sollte sich jemand ansehen.',
  },
  sum_broken: {
    subject: (f) => `Abgleich „${f.text('bridge')}“: die Summe geht nicht auf`,
    says: (f) =>
      `Zwischen Zammad und Kimai bleiben ${f.duration('brokenSeconds')} ohne Erklärung. Betroffen: ${f.list('months').join(', ')}. Auf der Seite des Abgleichs steht, welche Einträge es sind.`,
  },
  approvals_overdue: {
    subject: (f) =>
      `${f.count('caseCount')} ${f.plural('caseCount', 'Fall wartet', 'Fälle warten')} auf eine Entscheidung`,
    says: (f) =>
      `Es geht um ${f.duration('seconds')}, der älteste Fall wartet seit ${f.moment('oldestAt')}. Bis jemand entscheidet, wird davon nichts übertragen.${onDuty(f)}`,
  },
  alert_test: {
    subject: () => 'Probe: Benachrichtigungen kommen an',
    says: (f) => `${f.text('by')} hat diese Probe ausgelöst. Es ist nichts zu tun.`,
  },
} as const satisfies Readonly<Record<string, AlertWords>>;

export const GERMAN_ALERT_FRAME = { open: 'Öffnen', sender: 'Timebridge' } as const;

export type AlertKind = keyof typeof GERMAN_ALERTS;
