import type { PreviewSummaryView } from '../api/bridges/preview-shape.contract.js';
import type { Language } from '../words/format.js';

type Step = PreviewSummaryView['steps'][number]['kind'];
type By = PreviewSummaryView['openCases'][number]['by'];
type Makes = NonNullable<PreviewSummaryView['provisions']>[number]['makes'];

/** What the preview of a run says by itself, beside the sentences of `words/`. */
export type PlanWords = {
  readonly entries: (count: string, time: string) => string;
  readonly oldest: (day: string) => string;
  readonly beforeStart: (count: string, time: string) => string;
  readonly some: (count: string) => string;
  readonly headings: Readonly<
    Record<'steps' | 'questions' | 'customers' | 'openCases' | 'gaps' | 'lines', string>
  >;
  readonly samples: (more: number) => string;
  readonly nameless: string;
  readonly steps: Readonly<Record<Step, string>>;
  readonly by: Readonly<Record<By, string>>;
  readonly makes: Readonly<Record<Makes, string>>;
};

const GERMAN: PlanWords = {
  entries: (count, time) => `${count} Einträge, ${time} h`,
  oldest: (day) => `der älteste vom ${day}`,
  beforeStart: (count, time) => `${count} vor dem Startdatum, ${time} h`,
  some: (count) => `${count} Einträge`,
  headings: {
    steps: 'Schritte',
    questions: 'Fragen',
    customers: 'Kunden in Kimai',
    openCases: 'Offene Fälle',
    gaps: 'Fehlende Zuordnungen',
    lines: 'Nach Monat und Kunde',
  },
  samples: (more) => `Schritte, zum Beispiel${more > 0 ? ` (${more} weitere mit --all)` : ''}`,
  nameless: '(ohne)',
  steps: {
    in_sync: 'stimmt überein',
    adopt: 'verknüpfen',
    create: 'anlegen',
    update: 'ändern',
    delete: 'löschen',
    accept: 'übernehmen, wie es ist',
    map: 'zuordnen',
    provision: 'Kunden anlegen',
    skip: 'auslassen',
    wait: 'warten',
    ask: 'fragen',
  },
  by: { policy: 'nach Richtlinie', rule: 'nach Regel', decision: 'nach Entscheidung' },
  makes: {
    customer: 'Kunde und Projekt würden angelegt',
    project: 'das Projekt würde angelegt',
    nothing: 'schon vorhanden',
    question: 'wird gefragt',
  },
};

const ENGLISH: PlanWords = {
  entries: (count, time) => `${count} entries, ${time} h`,
  oldest: (day) => `the oldest of ${day}`,
  beforeStart: (count, time) => `${count} before the start date, ${time} h`,
  some: (count) => `${count} entries`,
  headings: {
    steps: 'Steps',
    questions: 'Questions',
    customers: 'Customers in Kimai',
    openCases: 'Open cases',
    gaps: 'Missing mappings',
    lines: 'By month and customer',
  },
  samples: (more) => `Steps, for example${more > 0 ? ` (${more} more with --all)` : ''}`,
  nameless: '(none)',
  steps: {
    in_sync: 'in agreement',
    adopt: 'link',
    create: 'create',
    update: 'change',
    delete: 'delete',
    accept: 'take as it is',
    map: 'map',
    provision: 'create customers',
    skip: 'skip',
    wait: 'wait',
    ask: 'ask',
  },
  by: { policy: 'by policy', rule: 'by rule', decision: 'by decision' },
  makes: {
    customer: 'customer and project would be created',
    project: 'the project would be created',
    nothing: 'there already',
    question: 'asked',
  },
};

const WORDS: Readonly<Record<Language, PlanWords>> = { de: GERMAN, en: ENGLISH };

export const planWords = (language: Language): PlanWords => WORDS[language];
