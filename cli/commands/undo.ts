import type { Command } from 'commander';
import type { ReplyOf } from '../../api/contract.js';
import { readRun } from '../../api/runs/read-run.contract.js';
import { undoBulk } from '../../api/undo/undo-bulk.contract.js';
import { undoDecision } from '../../api/undo/undo-decision.contract.js';
import { UNDO_ACTIONS } from '../../api/undo/undo-fields.contract.js';
import { undoRun } from '../../api/undo/undo-run.contract.js';
import type { Language } from '../../words/format.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { cliWords } from '../words.js';

type UndoFlags = CommonOptions & { readonly preview?: boolean };

export function addUndo(program: Command): void {
  withCommonOptions(program.command('undo'))
    .description(
      'take back what a decision, a bulk decision or a run wrote; customers and projects that were created stay',
    )
    .argument('<kind>', 'decision, bulk or run')
    .argument('<id>', 'of the decision, the bulk decision or the run')
    .option('--preview', 'show what would be written back, and what is left and why; change nothing')
    .action(takeBack);
}

async function takeBack(kind: string, id: string, _flags: UndoFlags, command: Command): Promise<void> {
  const preview = command.optsWithGlobals<UndoFlags>().preview === true;
  const undo = await call(command, kind, id, preview);
  const terminal = terminalOf(command);
  const language = languageOf(command);
  const customers = kind === 'run' ? await customersOf(command, id) : 0;
  // Kimai would delete every timesheet on them, also those that people booked.
  if (customers > 0) terminal.note(cliWords(language).customersStay(customers));
  terminal.result(undo, describeUndo(undo, preview, language));
}

async function customersOf(command: Command, runId: string): Promise<number> {
  const { run } = await apiOf(command).call(readRun, { params: { runId } });
  return run.counters['customersCreated'] ?? 0;
}

/** How many entries each act is about; what is left as it is comes last. */
export function describeUndo(
  undo: Pick<ReplyOf<typeof undoRun>, 'counts' | 'items'>,
  preview: boolean,
  language: Language,
): string {
  const words = cliWords(language);
  const counts = UNDO_ACTIONS.flatMap((action) => {
    const entries = undo.counts[action] ?? 0;
    return entries > 0 ? [`${entries} ${words.undo[action]}`] : [];
  });
  const what = counts.join(', ') || words.undoNothing;
  return preview ? words.undoWould(what) : words.undone(undo.items.length);
}

async function call(command: Command, kind: string, id: string, preview: boolean) {
  const api = apiOf(command);
  const query = { preview };
  if (kind === 'decision') return api.call(undoDecision, { params: { decisionId: id }, query });
  if (kind === 'bulk') return api.call(undoBulk, { params: { bulkId: id }, query });
  if (kind === 'run') return api.call(undoRun, { params: { runId: id }, query });
  throw new CommandFailed(
    `"${kind}" cannot be undone. There are: decision, bulk, run`,
    'usage',
    EXIT.wrongUse,
  );
}
