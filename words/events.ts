import { choiceLabel, isWordedChoice } from './choices.js';
import { GERMAN_EVENTS, GERMAN_SETTLED, GERMAN_UNKNOWN, type EventCode, type Events } from './events-de.js';
import { ENGLISH_EVENTS, ENGLISH_SETTLED, ENGLISH_UNKNOWN } from './events-en.js';
import { readFacts, type FactReader, type Facts } from './fact-reader.js';
import type { Language } from './format.js';
import { isWordedKind, kindName } from './kinds.js';

/** The facts of an event, with the names that its sentence needs. */
export type EventReader = FactReader & {
  readonly actor: string;
  /** Name of the kind of question. */
  readonly kind: string;
  /** Label of the choice, without the dots that promise a dialog. */
  readonly choice: string;
};

/** Something that happened, as data. */
export type SayableEvent = {
  readonly code: string;
  readonly facts: Facts;
  readonly actor: { readonly kind: string; readonly name: string | null };
};

type Words = {
  readonly events: Events;
  readonly settled: (choice: string) => string;
  readonly unknown: (code: string) => string;
  readonly rule: string;
};

const WORDS = {
  de: { events: GERMAN_EVENTS, settled: GERMAN_SETTLED, unknown: GERMAN_UNKNOWN, rule: 'Eine Regel' },
  en: { events: ENGLISH_EVENTS, settled: ENGLISH_SETTLED, unknown: ENGLISH_UNKNOWN, rule: 'A rule' },
} as const satisfies Readonly<Record<Language, Words>>;

/** The event as one sentence. One of a newer version is named rather than hidden. */
export function sayEvent(event: SayableEvent, language: Language, timeZone?: string): string {
  const { events, settled, unknown, rule } = WORDS[language];
  const facts = readFacts(event.facts, language, timeZone);
  const kind = facts.text('kind');
  const choice = labelOf(facts.text('choice'), language);
  if (isEvent(event.code)) {
    const actor = event.actor.name ?? (event.actor.kind === 'rule' ? rule : 'Timebridge');
    return events[event.code]({
      ...facts,
      actor,
      choice,
      kind: isWordedKind(kind) ? kindName(kind, language) : kind,
    });
  }
  // The last record of a decision carries the choice in its name.
  const settledChoice = /^decision\.([a-z_]+)$/.exec(event.code)?.[1];
  if (settledChoice !== undefined && isWordedChoice(settledChoice))
    return settled(labelOf(settledChoice, language));
  return unknown(event.code);
}

const isEvent = (code: string): code is EventCode => Object.hasOwn(GERMAN_EVENTS, code);

const labelOf = (choice: string, language: Language): string =>
  isWordedChoice(choice) ? choiceLabel(choice, language).replace(/\s*…$/, '') : choice;
