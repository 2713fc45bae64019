import { GERMAN, type SentenceCode, type Sentences } from './de.js';
import { ENGLISH } from './en.js';
import type { Language } from './format.js';
import { sayIn, type SayableReason } from './say-in.js';

export type { SayableReason } from './say-in.js';

const SENTENCES: Readonly<Record<Language, Sentences>> = { de: GERMAN, en: ENGLISH };

/** The reason as one or two sentences. `timeZone` (IANA) is that of the bridge, for times of day. */
export const say = (reason: SayableReason, language: Language, timeZone?: string): string =>
  sayIn(SENTENCES[language], reason, language, timeZone);

export const hasSentence = (code: string): code is SentenceCode => Object.hasOwn(GERMAN, code);
