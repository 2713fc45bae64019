import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

/** Why Kimai got no customer although the policy makes them, by `cause` (domain/provision.ts, activities/provision.ts). */
const CAUSES: Readonly<Record<string, Sentence>> = {
  several_customers: (f) => `Kimai has several customers called ${f.quoted('name')}.`,
  customer_alike: (f) => `Kimai has a customer whose name is only almost ${f.quoted('name')}.`,
  customer_hidden: (f) => `The customer ${f.quoted('name')} is hidden in Kimai.`,
  several_projects: (f) => `In Kimai the customer has several projects called ${f.quoted('name')}.`,
  other_projects: (f) => `The customer ${f.quoted('name')} has other projects in Kimai already.`,
  project_closed: (f) => `The project ${f.quoted('name')} is over or hidden in Kimai.`,
  permission_missing: (f) =>
    `For the customer ${f.quoted('name')} the API token lacks the permission ${f.quoted('quoted')} in Kimai. Give it to its role and test the connection.`,
  target_refused: (f) => `Kimai did not create the customer ${f.quoted('name')}: ${f.quoted('quoted')}.`,
  never_answered: (f) => `Kimai did not answer several attempts to create the customer ${f.quoted('name')}.`,
};

export const englishDoubt: Sentence = (f) =>
  (CAUSES[f.text('cause')] ?? ((g) => `The customer ${g.quoted('name')} was not created in Kimai.`))(f);

export const ENGLISH_PROVISION = {
  will_provision: (f) =>
    `The customer ${f.quoted('name')} is looked for in Kimai and, if it is not there, created with a project (number ${f.text('number')}); then the time is booked.`,
  provision_refused: (f) =>
    `${englishDoubt(f)} So you decide which project is booked on. ${f.count('entryCount')} ${f.plural('entryCount', 'entry', 'entries')} (${f.duration('sourceSeconds')}) ${f.plural('entryCount', 'is', 'are')} waiting for it.`,
} satisfies Readonly<Record<string, Sentence>>;
