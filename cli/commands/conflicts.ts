import type { Command } from 'commander';
import { listConflicts } from '../../api/conflicts/list-conflicts.contract.js';
import { CONFLICT_VIEWS, type ConflictRow } from '../../api/conflicts/conflict-shape.contract.js';
import { readConflict, type ConflictDetail } from '../../api/conflicts/read-conflict.contract.js';
import type { Language } from '../../words/format.js';
import { say } from '../../words/say.js';
import { FIELD_NAMES } from '../decision-parameters.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';
import { cliWords } from '../words.js';

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
      const language = languageOf(command);
      const words = cliWords(language);
      if (id !== undefined) {
        const detail = await api.call(readConflict, { params: { conflictId: id } });
        return result(detail, describe(detail, language));
      }
      const page = await api.call(listConflicts, { query: queryOf(command.optsWithGlobals<Flags>()) });
      const more = page.total > page.items.length ? `\n${words.more(page.total - page.items.length)}` : '';
      result(page, page.total === 0 ? words.nothingWaits : `${table(page.items.map(line), [6])}${more}`);
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

function describe(detail: ConflictDetail, language: Language): string {
  const { conflict, choices, links, entries } = detail;
  const words = cliWords(language);
  const offered = choices.map(({ choice, targetId, effect, refusal }) => [
    `  ${choice}${targetId ? ` --target ${targetId}` : ''}`,
    refusal ? words.notNow(say(refusal, language)) : say(effect, language),
  ]);
  const merged = conflict.gap ? undefined : entries.find((entry) => entry.ticket_merged);
  return [
    line(conflict).filter(Boolean).join('  '),
    say(conflict.why, language),
    ...(merged
      ? [say({ code: 'ticket_merged', facts: { ticketNumber: merged.ticket_number } }, language)]
      : []),
    words.state(conflict.state, conflict.version),
    ...Object.entries(links).flatMap(([name, url]) => (url ? [`${name}: ${url}`] : [])),
    words.choices,
    table(offered),
    ...(choices.some(({ choice }) => choice === 'per_field') ? fieldLines(detail, language) : []),
  ].join('\n');
}

/** What `decide … per_field` may be told, field by field. */
function fieldLines({ differing, source, target }: ConflictDetail, language: Language): string[] {
  const words = cliWords(language);
  return Object.entries(FIELD_NAMES).flatMap(([name, field]) =>
    differing.includes(field)
      ? [`    ${words.differs(name, valueOf(source, name), valueOf(target, name))}`]
      : [],
  );
}

function valueOf(side: ConflictDetail['source'], name: string): string {
  const value =
    side &&
    {
      duration: side.seconds === null ? null : hours(side.seconds),
      day: side.day,
      project: side.project?.name,
      activity: side.activity?.name,
      person: side.person?.name,
    }[name];
  return value ?? '–';
}
