import type { Command } from 'commander';
import { explainEntry, listEntries } from '../../api/entries/explain-entry.contract.js';
import type { ReplyOf } from '../../api/contract.js';
import { sayEvent } from '../../words/events.js';
import { formatDateTime, formatDay, formatDuration, type Language } from '../../words/format.js';
import { say } from '../../words/say.js';
import type { ApiClient } from '../client.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';
import { cliWords } from '../words.js';

type Flags = CommonOptions & { readonly bridge?: string };
type Explanation = ReplyOf<typeof explainEntry>;

export function addExplain(program: Command): void {
  withCommonOptions(program.command('explain'))
    .description('everything that happened to one entry, from the booking to the invoice')
    .argument(
      '<entry>',
      'the id of a time entry in Zammad, or "#" and a ticket number for the entries of a ticket',
    )
    .option('--bridge <id>', 'when more than one bridge holds it')
    .action(async (what: string, _flags: Flags, command: Command) => {
      const { bridge } = command.optsWithGlobals<Flags>();
      const { result } = terminalOf(command);
      const api = apiOf(command);
      const language = languageOf(command);
      const ticket = /^#(\d+)$/.exec(what)?.[1];
      if (ticket === undefined) {
        const query = bridge === undefined ? {} : { bridge };
        const found = await api.call(explainEntry, { params: { sourceId: what }, query });
        return result(found, describe(found, language));
      }
      const entries = await entriesOf(api, ticket, bridge);
      const [only, ...others] = entries;
      if (!only)
        throw new CommandFailed(`No entry of ticket #${ticket} was read so far.`, 'not-found', EXIT.failed);
      if (others.length > 0)
        return result(
          { entries },
          table(
            entries.map((entry) => line(entry, language)),
            [2],
          ),
        );
      const params = { sourceId: only.sourceId };
      const found = await api.call(explainEntry, { params, query: { bridge: only.bridgeId } });
      result(found, describe(found, language));
    });
}

async function entriesOf(api: ApiClient, ticket: string, bridge: string | undefined) {
  const { items } = await api.call(listEntries, { query: { ticket } });
  return items.filter(({ bridgeId }) => bridge === undefined || bridgeId === bridge);
}

const line = (entry: ReplyOf<typeof listEntries>['items'][number], language: Language): string[] => [
  entry.sourceId,
  entry.entryDate,
  entry.seconds === null ? '?' : hours(entry.seconds),
  entry.personName,
  entry.bridgeId,
  entry.deleted ? cliWords(language).deleted : entry.state,
  entry.why ? say(entry.why, language) : '',
];

function describe({ entry, standing, link, events }: Explanation, language: Language): string {
  const words = cliWords(language);
  const { ticket_number: ticketNumber, time_minutes: minutes } = entry;
  const time = minutes === null ? words.unreadable : formatDuration(minutes * 60);
  const day = formatDay(entry.entry_date, language);
  return [
    words.entryOn(entry.source_id, ticketNumber, entry.ticket_title),
    `${day}, ${entry.user_name}, ${time}, ${entry.customer_name ?? words.noCustomer}`,
    ...(entry.ticket_merged ? [say({ code: 'ticket_merged', facts: { ticketNumber } }, language)] : []),
    `${words.now(standing.state)}${standing.why ? `. ${say(standing.why, language)}` : ''}`,
    ...(link?.timesheets ?? []).map((row) => timesheetLine(row, language)),
    '',
    table(events.map((event) => [formatDateTime(event.at, language), sayEvent(event, language)])),
  ].join('\n');
}

type Row = NonNullable<Explanation['link']>['timesheets'][number];

function timesheetLine({ id, seconds, day, deleted, exported, url }: Row, language: Language): string {
  const words = cliWords(language);
  const marks = [deleted ? words.deleted : '', exported ? words.exported : ''].filter(Boolean).join(', ');
  const time = seconds === null ? '?' : formatDuration(seconds);
  const told = words.timesheetOn(id, time, day ? formatDay(day, language) : '?');
  return `${told}${marks ? ` (${marks})` : ''}  ${url ?? ''}`.trimEnd();
}
