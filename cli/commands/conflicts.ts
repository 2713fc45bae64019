import type { Command } from 'commander';
import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import { CONFLICT_VIEWS, type ConflictRow } from '../../api/conflicts/conflict-shape.contract.js';
import { readConflict, type ConflictDetail } from '../../api/conflicts/read-conflict.contract.js';
import { say } from '../../words/say.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';

type Flags = CommonOptions & { readonly view: string; readonly bridge?: string; readonly limit: string };

const MOST = 200;

export function addConflicts(program: Command): void {
  withCommonOptions(program.command('conflicts'))
    .description('what waits for a person; with an id, everything about one')
    .argument('[id]', 'one conflict')
    .option('--view <view>', CONFLICT_VIEWS.join(', '), 'open')
    .option('--bridge <id>', 'of one bridge only')
    .option('--limit <n>', `at most so many (up to ${MOST})`, '50')
    .action(async (id: string | undefined, _flags: Flags, command: Command) => {
      const api = apiOf(command);
      const { result } = terminalOf(command);
      if (id !== undefined) {
        const detail = await api.call(readConflict, { params: { conflictId: id } });
        return result(detail, describe(detail));
      }
      const page = await api.call(listConflicts, { query: queryOf(command.optsWithGlobals<Flags>()) });
      const more = page.total > page.items.length ? `\n${page.total - page.items.length} more` : '';
      result(page, page.total === 0 ? 'Nothing waits.' : `${table(page.items.map(line), [6])}${more}`);
    });
}

function queryOf({ view, bridge, limit }: Flags) {
  const known = CONFLICT_VIEWS.find((name) => name === view);
  if (!known)
    throw new CommandFailed(`--view must be one of ${CONFLICT_VIEWS.join(', ')}`, 'usage', EXIT.wrongUse);
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > MOST) {
    throw new CommandFailed(`--limit must be a whole number from 1 to ${MOST}`, 'usage', EXIT.wrongUse);
  }
  return { view: known, limit: most, ...(bridge !== undefined && { bridge }) };
}

function line(row: ConflictRow): string[] {
  const subject = row.gap ? row.gap.name || row.gap.key : `#${row.ticketNumber ?? ''}`;
  return [
    row.id,
    row.kind,
    subject,
    row.customerName ?? '',
    row.personName ?? '',
    row.entryDate ?? '',
    hours(row.secondsAtStake),
  ];
}

function describe({ conflict, choices, links }: ConflictDetail): string {
  const offered = choices.map(({ choice, targetId, effect, refusal }) => [
    `  ${choice}${targetId ? ` --target ${targetId}` : ''}`,
    refusal ? `not now: ${say(refusal, 'en')}` : say(effect, 'en'),
  ]);
  return [
    line(conflict).filter(Boolean).join('  '),
    say(conflict.why, 'en'),
    `state ${conflict.state}, version ${conflict.version}`,
    ...Object.entries(links).flatMap(([name, url]) => (url ? [`${name}: ${url}`] : [])),
    'choices:',
    table(offered),
  ].join('\n');
}
