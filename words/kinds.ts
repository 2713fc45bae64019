import type { Language } from './format.js';

type KindWords = {
  /** On a chip, one case. */
  readonly name: string;
  /** Above a group of cases. */
  readonly group: string;
  /** What happens until somebody decides. */
  readonly ifNobodyActs: string;
};

const GERMAN_KINDS = {
  duplicate: {
    name: 'Doppelt',
    group: 'Doppelte Einträge',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts angelegt und nichts gelöscht.',
  },
  mismatch: {
    name: 'Abweichung',
    group: 'Abweichungen',
    ifNobodyActs: 'Ohne Ihre Entscheidung bleibt der Zeiteintrag, wie er ist.',
  },
  missing: {
    name: 'Fehlt in Kimai',
    group: 'Fehlen in Kimai',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird die Zeit nicht nach Kimai übertragen.',
  },
  ambiguous: {
    name: 'Nicht eindeutig',
    group: 'Nicht eindeutig',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts angelegt und nichts verknüpft.',
  },
  target_changed: {
    name: 'In Kimai geändert',
    group: 'In Kimai geändert',
    ifNobodyActs: 'Ohne Ihre Entscheidung bleibt der Zeiteintrag, wie er ist.',
  },
  target_deleted: {
    name: 'In Kimai gelöscht',
    group: 'In Kimai gelöscht',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts erneut angelegt.',
  },
  source_deleted: {
    name: 'In Zammad gelöscht',
    group: 'In Zammad gelöscht',
    ifNobodyActs: 'Ohne Ihre Entscheidung bleibt der Zeiteintrag in Kimai stehen.',
  },
  locked: {
    name: 'Gesperrt',
    group: 'Gesperrte Einträge',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts geschrieben; eine Differenz bleibt offen.',
  },
  unmapped_activity: {
    name: 'Aktivitäts-Typ nicht zugeordnet',
    group: 'Aktivitäts-Typen ohne Zuordnung',
    ifNobodyActs: 'Ohne Zuordnung werden diese Einträge nicht übertragen.',
  },
  unmapped_user: {
    name: 'Person nicht zugeordnet',
    group: 'Personen ohne Zuordnung',
    ifNobodyActs: 'Ohne Zuordnung werden diese Einträge nicht übertragen.',
  },
  unmapped_customer: {
    name: 'Kunde nicht zugeordnet',
    group: 'Kunden ohne Zuordnung',
    ifNobodyActs: 'Ohne Zuordnung werden diese Einträge nicht übertragen.',
  },
  rejected: {
    name: 'Nicht angenommen',
    group: 'Von Kimai nicht angenommen',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird es nicht erneut versucht.',
  },
  correction: {
    name: 'Korrektur',
    group: 'Korrekturen',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird in Kimai nichts abgezogen.',
  },
  unreadable: {
    name: 'Nicht lesbar',
    group: 'Nicht lesbare Einträge',
    ifNobodyActs: 'Ohne Ihre Entscheidung bleibt die Summe unvollständig.',
  },
  reverted: {
    name: 'Rückgängig gemacht',
    group: 'Rückgängig gemacht',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts erneut geschrieben.',
  },
  unknown_outcome: {
    name: 'Ausgang unbekannt',
    group: 'Ausgang unbekannt',
    ifNobodyActs: 'Ohne Ihre Entscheidung wird nichts erneut geschrieben.',
  },
  guard: {
    name: 'Freigabe nötig',
    group: 'Freigaben',
    ifNobodyActs: 'Ohne Freigabe wird nichts davon geschrieben.',
  },
} as const satisfies Readonly<Record<string, KindWords>>;

/** The kinds of cases that have words; the domain's list and this one are compared by a test. */
export type WordedKind = keyof typeof GERMAN_KINDS;

const ENGLISH_KINDS: Readonly<Record<WordedKind, KindWords>> = {
  duplicate: {
    name: 'Duplicate',
    group: 'Duplicates',
    ifNobodyActs: 'Until you decide, nothing is created and nothing is deleted.',
  },
  mismatch: {
    name: 'Mismatch',
    group: 'Mismatches',
    ifNobodyActs: 'Until you decide, the time entry stays as it is.',
  },
  missing: {
    name: 'Missing in Kimai',
    group: 'Missing in Kimai',
    ifNobodyActs: 'Until you decide, the time is not written to Kimai.',
  },
  ambiguous: {
    name: 'Ambiguous',
    group: 'Ambiguous',
    ifNobodyActs: 'Until you decide, nothing is created and nothing is linked.',
  },
  target_changed: {
    name: 'Changed in Kimai',
    group: 'Changed in Kimai',
    ifNobodyActs: 'Until you decide, the time entry stays as it is.',
  },
  target_deleted: {
    name: 'Deleted in Kimai',
    group: 'Deleted in Kimai',
    ifNobodyActs: 'Until you decide, nothing is created again.',
  },
  source_deleted: {
    name: 'Deleted in Zammad',
    group: 'Deleted in Zammad',
    ifNobodyActs: 'Until you decide, the time entry stays in Kimai.',
  },
  locked: {
    name: 'Locked',
    group: 'Locked entries',
    ifNobodyActs: 'Until you decide, nothing is written; a difference stays open.',
  },
  unmapped_activity: {
    name: 'Activity type not mapped',
    group: 'Activity types without a mapping',
    ifNobodyActs: 'Until they are mapped, these entries are not written.',
  },
  unmapped_user: {
    name: 'Person not mapped',
    group: 'People without a mapping',
    ifNobodyActs: 'Until they are mapped, these entries are not written.',
  },
  unmapped_customer: {
    name: 'Customer not mapped',
    group: 'Customers without a mapping',
    ifNobodyActs: 'Until they are mapped, these entries are not written.',
  },
  rejected: {
    name: 'Not accepted',
    group: 'Not accepted by Kimai',
    ifNobodyActs: 'Until you decide, it is not tried again.',
  },
  correction: {
    name: 'Correction',
    group: 'Corrections',
    ifNobodyActs: 'Until you decide, nothing is deducted in Kimai.',
  },
  unreadable: {
    name: 'Unreadable',
    group: 'Unreadable entries',
    ifNobodyActs: 'Until you decide, the sum stays incomplete.',
  },
  reverted: {
    name: 'Undone',
    group: 'Undone',
    ifNobodyActs: 'Until you decide, nothing is written again.',
  },
  unknown_outcome: {
    name: 'Outcome unknown',
    group: 'Outcome unknown',
    ifNobodyActs: 'Until you decide, nothing is written again.',
  },
  guard: {
    name: 'Approval needed',
    group: 'Approvals',
    ifNobodyActs: 'Without an approval, none of it is written.',
  },
};

const KINDS = { de: GERMAN_KINDS, en: ENGLISH_KINDS } as const;

export const isWordedKind = (kind: string): kind is WordedKind => Object.hasOwn(GERMAN_KINDS, kind);
export const kindName = (kind: WordedKind, language: Language): string => KINDS[language][kind].name;
export const kindGroup = (kind: WordedKind, language: Language): string => KINDS[language][kind].group;
export const ifNobodyActs = (kind: WordedKind, language: Language): string =>
  KINDS[language][kind].ifNobodyActs;
