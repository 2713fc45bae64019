import { readFacts, type FactReader, type Facts } from './fact-reader.js';
import type { Language } from './format.js';

/** A reason as data: a stable code and the facts it used. */
export type SayableReason = { readonly code: string; readonly facts: Facts };

/** The sentences of one language, by code. */
export type SentenceTable = Readonly<Record<string, (facts: FactReader) => string>>;

/**
 * The reason as one or two sentences of a table that the caller has loaded: a page needs only those of its language.
 * A code of a newer version is named rather than hidden: a screen must never fail over a text.
 */
export function sayIn(
  sentences: SentenceTable,
  reason: SayableReason,
  language: Language,
  timeZone?: string,
): string {
  const sentence = Object.hasOwn(sentences, reason.code) ? sentences[reason.code] : undefined;
  if (sentence) return sentence(readFacts(reason.facts, language, timeZone));
  return language === 'de' ? `Unbekannter Grund: ${reason.code}.` : `Unknown reason: ${reason.code}.`;
}
