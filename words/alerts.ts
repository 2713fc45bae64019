import { GERMAN_ALERTS, GERMAN_ALERT_FRAME, type AlertKind } from './alerts-de.js';
import { ENGLISH_ALERTS, ENGLISH_ALERT_FRAME } from './alerts-en.js';
import { readFacts, type Facts } from './fact-reader.js';
import type { Language } from './format.js';
import { say, type SayableReason } from './say.js';

export type { AlertKind };

/** Something that people are told of, as data. */
export type SayableAlert = {
  readonly kind: AlertKind;
  readonly facts: Facts;
  /** What it is about, where that has a sentence of its own: why a system stands still, what a run found. */
  readonly reason?: SayableReason;
  /** IANA, for times of day. */
  readonly timeZone?: string;
  /** Where to look. */
  readonly url: string;
};

const WORDS = {
  de: { alerts: GERMAN_ALERTS, frame: GERMAN_ALERT_FRAME },
  en: { alerts: ENGLISH_ALERTS, frame: ENGLISH_ALERT_FRAME },
} as const;

export const isAlertKind = (kind: string): kind is AlertKind => Object.hasOwn(GERMAN_ALERTS, kind);

/** The message as a subject and a text without markup. */
export function sayAlert(
  alert: SayableAlert,
  language: Language,
): { readonly subject: string; readonly text: string } {
  const { alerts, frame } = WORDS[language];
  const facts = readFacts(alert.facts, language, alert.timeZone);
  const words = alerts[alert.kind];
  const why = alert.reason ? [say(alert.reason, language, alert.timeZone)] : [];
  const lines = [...why, words.says(facts), '', `${frame.open}: ${alert.url}`, '', `-- \n${frame.sender}`];
  return { subject: words.subject(facts), text: lines.join('\n') };
}
