import type { Command } from 'commander';
import type { Preview, PreviewSummaryView } from '../../api/bridges/preview-shape.contract.js';
import { reapply } from '../../api/bridges/reapply.contract.js';
import { readPreview } from '../../api/bridges/read-preview.contract.js';
import { startPreview } from '../../api/bridges/start-preview.contract.js';
import { sleep } from '../../stack/processes.js';
import { formatDuration, type Language } from '../../words/format.js';
import { say } from '../../words/say.js';
import { ApiRefused, type ApiClient } from '../client.js';
import { describePlan, SAMPLES_SHOWN } from '../describe-plan.js';
import { CommandFailed } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { cliWords } from '../words.js';

type Flags = CommonOptions & { readonly asConfirmed?: true; readonly all?: true; readonly yes?: true };
type As = { readonly asConfirmed: boolean; readonly reapply: boolean };

const ASK_EVERY_MS = 300;
const BEGINS_WITHIN_MS = 60_000;

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
      result(preview, describePlan(summaryOf(preview, language), language, flags.all === true));
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
      const told = [describePlan(summary, language, flags.all === true), ''];
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
