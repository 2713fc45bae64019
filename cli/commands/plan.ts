import type { Command } from 'commander';
import type { Preview, PreviewSummaryView } from '../../api/bridges/preview-shape.contract.js';
import { reapply } from '../../api/bridges/reapply.contract.js';
import { readPreview } from '../../api/bridges/read-preview.contract.js';
import { startPreview } from '../../api/bridges/start-preview.contract.js';
import { sleep } from '../../stack/processes.js';
import { formatDuration, type Language } from '../../words/format.js';
import { kindName } from '../../words/kinds.js';
import { say } from '../../words/say.js';
import { ApiRefused, type ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';
import { cliWords } from '../words.js';

type Flags = CommonOptions & { readonly asConfirmed?: true; readonly all?: true; readonly yes?: true };
type As = { readonly asConfirmed: boolean; readonly reapply: boolean };

const ASK_EVERY_MS = 300;
const BEGINS_WITHIN_MS = 60_000;
const SAMPLES_SHOWN = 20;

export function addPlan(program: Command): void {
  withCommonOptions(program.command('plan'))
    .description('what a run would do, before it does it: nothing is written, linked or asked')
    .argument('<bridge>', 'the bridge')
    .option('--as-confirmed', 'as if the first run were confirmed: old entries are not asked for their age')
    .option('--all', `show every sample step instead of ${SAMPLES_SHOWN}`)
    .action(async (bridge: string, _flags: Flags, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { note, result } = terminalOf(command);
      const language = languageOf(command);
      const as = { asConfirmed: flags.asConfirmed === true, reapply: false };
      const preview = await previewOf(apiOf(command), bridge, as, note);
      result(preview, describe(summaryOf(preview, language), { all: flags.all === true, language }));
    });
  withCommonOptions(program.command('reapply'))
    .description("bring what is written and not exported to today's mappings and description; shown first")
    .argument('<bridge>', 'the bridge')
    .option('--all', `show every sample step instead of ${SAMPLES_SHOWN}`)
    .option('--yes', 'do it with the next run, after it was shown')
    .action(async (bridgeId: string, _flags: Flags, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const language = languageOf(command);
      const words = cliWords(language);
      const { note, result } = terminalOf(command);
      const api = apiOf(command);
      const preview = await previewOf(api, bridgeId, { asConfirmed: false, reapply: true }, note);
      const summary = summaryOf(preview, language);
      const { count, seconds } = summary.reapplied;
      const told = [describe(summary, { all: flags.all === true, language }), ''];
      told.push(words.reapplied(count, formatDuration(seconds)));
      if (flags.yes !== true) return result(preview, [...told, words.reapplyYes].join('\n'));
      const params = { bridgeId };
      const done = await api.call(reapply, { params, body: { previewId: preview.id } });
      result({ preview, ...done }, [...told, words.reapplyMarked].join('\n'));
    });
}

/** @throws CommandFailed when the preview could not be made. */
function summaryOf({ state, summary, error }: Preview, language: Language): PreviewSummaryView {
  if (state !== 'failed' && summary !== null) return summary;
  const why = error ? `${error.code}: ${say(error, language)}` : 'no summary';
  throw new CommandFailed(`There is no plan: ${why}`, error?.code ?? 'preview_failed');
}

/** Starts a preview, or joins the one under way, and waits until it is over. */
async function previewOf(
  api: ApiClient,
  bridgeId: string,
  as: As,
  note: (line: string) => void,
): Promise<Preview> {
  const wanted = await startOrJoin(api, bridgeId, as, note);
  const until = Date.now() + BEGINS_WITHIN_MS;
  for (let told = ''; ;) {
    const { preview } = await api.call(readPreview, { params: { bridgeId } });
    const isOurs = preview !== null && (wanted === null || preview.id === wanted);
    if (isOurs && preview.state !== 'running') return preview;
    if (!isOurs && Date.now() > until)
      throw new CommandFailed(`The preview of ${bridgeId} has not begun. Is a worker running?`, 'not_begun');
    const { done, total } = preview?.tickets ?? { done: 0, total: 0 };
    const line = isOurs ? `${preview.phase}${total > 0 ? ` ${done} of ${total} tickets` : ''}` : '';
    if (line !== told) note(line);
    told = line;
    await sleep(ASK_EVERY_MS);
  }
}

async function startOrJoin(
  api: ApiClient,
  bridgeId: string,
  as: As,
  note: (line: string) => void,
): Promise<string | null> {
  try {
    return (await api.call(startPreview, { params: { bridgeId }, body: as })).previewId;
  } catch (cause) {
    if (!(cause instanceof ApiRefused) || cause.code !== 'preview-running') throw cause;
    note('a preview is under way already; waiting for it');
    return null;
  }
}

const MAKES = {
  customer: 'customer and project would be created',
  project: 'the project would be created',
  nothing: 'there already',
  question: 'asked',
} as const;

type Shown = { readonly all: boolean; readonly language: Language };

function describe(summary: PreviewSummaryView, { all, language }: Shown): string {
  const { samples, oldestDay, beforeStart } = summary;
  const shown = all ? samples : samples.slice(0, SAMPLES_SHOWN);
  const more = samples.length - shown.length;
  return [
    `${summary.entryCount} entries, ${hours(summary.entrySeconds)} h${oldestDay ? `, the oldest of ${oldestDay}` : ''}`,
    ...(beforeStart.count > 0
      ? [`${beforeStart.count} before the start, ${hours(beforeStart.seconds)} h`]
      : []),
    ...block(
      'Steps',
      summary.steps.map(({ kind, count, seconds }) => [kind, String(count), hours(seconds)]),
      [1, 2],
    ),
    ...block(
      'Questions',
      summary.questions.map(({ kind, cause, count, entryCount, seconds }) => [
        kindName(kind, language),
        cause,
        String(count),
        `${entryCount} entries`,
        hours(seconds),
      ]),
      [2, 3, 4],
    ),
    ...block(
      'Customers in Kimai',
      (summary.provisions ?? []).map(({ name, makes, doubt, entryCount, seconds }) => [
        name,
        doubt === null
          ? MAKES[makes]
          : say({ code: 'provision_doubt', facts: { cause: doubt, name } }, language),
        `${entryCount} entries`,
        hours(seconds),
      ]),
      [2, 3],
    ),
    ...block(
      'Open cases',
      summary.openCases.map(({ by, kind, count }) => [by, kind, String(count)]),
      [2],
    ),
    ...block(
      'Missing mappings',
      summary.gaps.map(({ kind, name, key, entryCount, seconds }) => [
        kindName(kind, language),
        name || key || '(none)',
        `${entryCount} entries`,
        hours(seconds),
      ]),
      [2, 3],
    ),
    ...block(
      'By month and customer',
      summary.lines.map(({ month, customerName, customerKey, kind, count, seconds }) => [
        month,
        customerName ?? customerKey,
        kind,
        String(count),
        hours(seconds),
      ]),
      [3, 4],
    ),
    ...block(
      `Steps, for example${more > 0 ? ` (${more} more with --all)` : ''}`,
      shown.map(({ kind, ticketNumber, personName, day, seconds, why }) => [
        kind,
        `#${ticketNumber}`,
        personName,
        day,
        hours(seconds),
        say(why, language),
      ]),
      [4],
    ),
  ].join('\n');
}

const block = (title: string, rows: readonly (readonly string[])[], right: readonly number[]): string[] =>
  rows.length === 0 ? [] : ['', title, table(rows, right)];
