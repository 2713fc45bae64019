import type { PreviewSummaryView } from '../api/bridges/preview-shape.contract.js';
import { formatCount, formatDay, type Language } from '../words/format.js';
import { kindName } from '../words/kinds.js';
import { say } from '../words/say.js';
import { planWords } from './plan-words.js';
import { table } from './terminal.js';
import { hours } from './time.js';

/** Sample steps that are shown unless all are wanted. */
export const SAMPLES_SHOWN = 20;

/** What a run would do, as a page of text. */
export function describePlan(summary: PreviewSummaryView, language: Language, all: boolean): string {
  const words = planWords(language);
  const count = (number: number): string => formatCount(number, language);
  const shown = all ? summary.samples : summary.samples.slice(0, SAMPLES_SHOWN);
  return [
    ...opening(summary, language),
    ...block(
      words.headings.steps,
      summary.steps.map((one) => [words.steps[one.kind], count(one.count), hours(one.seconds)]),
      [1, 2],
    ),
    ...block(
      words.headings.questions,
      summary.questions.map((one) => [
        ...[kindName(one.kind, language), one.cause, count(one.count)],
        ...[words.some(count(one.entryCount)), hours(one.seconds)],
      ]),
      [2, 3, 4],
    ),
    ...block(
      words.headings.customers,
      (summary.provisions ?? []).map(({ name, makes, doubt, entryCount, seconds }) => [
        name,
        doubt === null
          ? words.makes[makes]
          : say({ code: 'provision_doubt', facts: { cause: doubt, name } }, language),
        ...[words.some(count(entryCount)), hours(seconds)],
      ]),
      [2, 3],
    ),
    ...block(
      words.headings.openCases,
      summary.openCases.map((one) => [words.by[one.by], words.steps[one.kind], count(one.count)]),
      [2],
    ),
    ...block(
      words.headings.gaps,
      summary.gaps.map(({ kind, name, key, entryCount, seconds }) => [
        ...[kindName(kind, language), name || key || words.nameless],
        ...[words.some(count(entryCount)), hours(seconds)],
      ]),
      [2, 3],
    ),
    ...block(
      words.headings.lines,
      summary.lines.map((one) => [
        ...[one.month, one.customerName ?? one.customerKey, words.steps[one.kind]],
        ...[count(one.count), hours(one.seconds)],
      ]),
      [3, 4],
    ),
    ...block(
      words.samples(summary.samples.length - shown.length),
      shown.map(({ kind, ticketNumber, personName, day, seconds, why }) => [
        ...[words.steps[kind], `#${ticketNumber}`, personName, formatDay(day, language)],
        ...[hours(seconds), say(why, language)],
      ]),
      [4],
    ),
  ].join('\n');
}

function opening(
  { entryCount, entrySeconds, oldestDay, beforeStart }: PreviewSummaryView,
  language: Language,
): string[] {
  const words = planWords(language);
  const entries = words.entries(formatCount(entryCount, language), hours(entrySeconds));
  const early = words.beforeStart(formatCount(beforeStart.count, language), hours(beforeStart.seconds));
  return [
    oldestDay === null ? entries : `${entries}, ${words.oldest(formatDay(oldestDay, language))}`,
    ...(beforeStart.count > 0 ? [early] : []),
  ];
}

const block = (title: string, rows: readonly (readonly string[])[], right: readonly number[]): string[] =>
  rows.length === 0 ? [] : ['', title, table(rows, right)];
