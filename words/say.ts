import { GERMAN, type SentenceCode, type Sentences } from './de.js';
import { ENGLISH } from './en.js';
import { readFacts, type Facts } from './fact-reader.js';
import type { Language } from './format.js';

/** A reason as data: a stable code and the facts it used. */
export type SayableReason = { readonly code: string; readonly facts: Facts };

const SENTENCES: Readonly<Record<Language, Sentences>> = { de: GERMAN, en: ENGLISH };

/**
 * The reason as one or two sentences. `timeZone` (IANA) is that of the bridge, for times of day.
 * A code of a newer version is named rather than hidden: a screen must never fail over a text.
 */
export function say(reason: SayableReason, language: Language, timeZone?: string): string {
  if (!hasSentence(reason.code)) {
    return language === 'de' ? `Unbekannter Grund: ${reason.code}.` : `Unknown reason: ${reason.code}.`;
  }
  return SENTENCES[language][reason.code](readFacts(reason.facts, language, timeZone));
}

export const hasSentence = (code: string): code is SentenceCode => Object.hasOwn(GERMAN, code);
