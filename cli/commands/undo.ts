import type { Command } from 'commander';
import { readRun } from '../../api/runs/read-run.contract.js';
import { undoBulk } from '../../api/undo/undo-bulk.contract.js';
import { undoDecision } from '../../api/undo/undo-decision.contract.js';
import { undoRun } from '../../api/undo/undo-run.contract.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';

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
  const counts = Object.entries(undo.counts).map(([action, entries]) => `${entries} ${action}`);
  const what = counts.join(', ') || 'nothing';
  const terminal = terminalOf(command);
  const customers = kind === 'run' ? await customersOf(command, id) : 0;
  // Kimai would delete every timesheet on them, also those that people booked.
  if (customers > 0)
    terminal.note(
      `customers that this run created (${customers}) stay in Kimai with their projects; hide them there`,
    );
  terminal.result(undo, preview ? `It would be: ${what}` : `Taken back: ${undo.items.length} entries`);
}

async function customersOf(command: Command, runId: string): Promise<number> {
  const { run } = await apiOf(command).call(readRun, { params: { runId } });
  return run.counters['customersCreated'] ?? 0;
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
