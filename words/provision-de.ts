import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

/** Why Kimai got no customer although the policy makes them, by `cause` (domain/provision.ts, activities/provision.ts). */
const CAUSES: Readonly<Record<string, Sentence>> = {
  several_customers: (f) => `In Kimai gibt es mehrere Kunden ${f.quoted('name')}.`,
  customer_alike: (f) => `In Kimai gibt es einen Kunden, der ${f.quoted('name')} nur fast gleich heißt.`,
  customer_hidden: (f) => `Der Kunde ${f.quoted('name')} ist in Kimai ausgeblendet.`,
  several_projects: (f) => `Der Kunde hat in Kimai mehrere Projekte ${f.quoted('name')}.`,
  other_projects: (f) => `Der Kunde ${f.quoted('name')} hat in Kimai schon andere Projekte.`,
  project_closed: (f) => `Das Projekt ${f.quoted('name')} ist in Kimai beendet oder ausgeblendet.`,
  permission_missing: (f) =>
    `Für den Kunden ${f.quoted('name')} fehlt dem API-Token in Kimai die Berechtigung ${f.quoted('quoted')}. Geben Sie sie seiner Rolle und testen Sie die Verbindung.`,
  target_refused: (f) => `Kimai hat den Kunden ${f.quoted('name')} nicht angelegt: ${f.quoted('quoted')}.`,
  never_answered: (f) => `Kimai hat beim Anlegen des Kunden ${f.quoted('name')} mehrmals nicht geantwortet.`,
};

export const germanDoubt: Sentence = (f) =>
  (CAUSES[f.text('cause')] ?? ((g) => `Der Kunde ${g.quoted('name')} wurde in Kimai nicht angelegt.`))(f);

export const GERMAN_PROVISION = {
  will_provision: (f) =>
    `Der Kunde ${f.quoted('name')} wird in Kimai gesucht und, wenn es ihn nicht gibt, mit einem Projekt angelegt (Nummer ${f.text('number')}); danach wird gebucht.`,
  provision_refused: (f) =>
    `${germanDoubt(f)} Auf welches Projekt gebucht wird, entscheiden deshalb Sie. ${f.count('entryCount')} ${f.plural('entryCount', 'Eintrag', 'Einträge')} (${f.duration('sourceSeconds')}) ${f.plural('entryCount', 'wartet', 'warten')} darauf.`,
} satisfies Readonly<Record<string, Sentence>>;
