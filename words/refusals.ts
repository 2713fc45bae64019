import type { SentenceCode } from './de.js';

/** Kimai's own words → our sentence. Its form errors are English for every user (kimai-api.md, sections 1 and 3). */
const KIMAI_TEXTS: readonly (readonly [RegExp, SentenceCode])[] = [
  [/already have an entry for this time/i, 'overlap'],
  [/begin date cannot be in the future|end date cannot be in the future/i, 'future'],
  [/budget/i, 'budget'],
  [/project is finished at that time/i, 'project_ended'],
  [/project has not started at that time/i, 'project_not_started'],
  [/empty duration is not allowed/i, 'zero_duration'],
  [/maximum .*hours allowed|maximum duration exceeded/i, 'too_long'],
  [/period is locked/i, 'period_locked'],
  [/selected choice is invalid/i, 'choice_invalid'],
  [/extra fields/i, 'extra_fields'],
  [/end date must not be earlier|duration cannot be negative/i, 'end_before_begin'],
  [/cannot be stopped automatically/i, 'timer_running'],
];

/**
 * A code for showing a refusal in the reader's language, beside the original words. Never to decide by: an unknown
 * text, or one of a later version of Kimai, is `refused`.
 */
export function classifyRefusal(quoted: readonly string[]): SentenceCode {
  const text = quoted.join('\n');
  return KIMAI_TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'refused';
}
