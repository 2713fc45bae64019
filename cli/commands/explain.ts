import type { Command } from 'commander';
import { explainEntry, listEntries } from '../../api/entries/explain-entry.contract.js';
import type { ReplyOf } from '../../api/contract.js';
import { sayEvent } from '../../words/events.js';
import { formatDateTime } from '../../words/format.js';
import { say } from '../../words/say.js';
import type { ApiClient } from '../client.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';

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
      const ticket = /^#(\d+)$/.exec(what)?.[1];
      if (ticket === undefined) {
        const query = bridge === undefined ? {} : { bridge };
        const found = await api.call(explainEntry, { params: { sourceId: what }, query });
        return result(found, describe(found));
      }
      const entries = await entriesOf(api, ticket, bridge);
      const [only, ...others] = entries;
      if (!only)
        throw new CommandFailed(`No entry of ticket #${ticket} was read so far.`, 'not-found', EXIT.failed);
      if (others.length > 0) return result({ entries }, table(entries.map(line), [2]));
      const params = { sourceId: only.sourceId };
      const found = await api.call(explainEntry, { params, query: { bridge: only.bridgeId } });
      result(found, describe(found));
    });
}

async function entriesOf(api: ApiClient, ticket: string, bridge: string | undefined) {
  const { items } = await api.call(listEntries, { query: { ticket } });
  return items.filter(({ bridgeId }) => bridge === undefined || bridgeId === bridge);
}

const line = (entry: ReplyOf<typeof listEntries>['items'][number]): string[] => [
  entry.sourceId,
  entry.entryDate,
  entry.seconds === null ? '?' : hours(entry.seconds),
  entry.personName,
  entry.bridgeId,
  entry.deleted ? 'deleted' : entry.state,
  entry.why ? say(entry.why, 'en') : '',
];

function describe({ entry, standing, link, events }: Explanation): string {
  const { ticket_number: ticket, ticket_title: title, time_minutes: minutes } = entry;
  const time = minutes === null ? 'unreadable' : `${hours(minutes * 60)} h`;
  return [
    `Entry ${entry.source_id} on ticket #${ticket} ${title}`,
    `${entry.entry_date}, ${entry.user_name}, ${time}, ${entry.customer_name ?? 'no customer'}`,
    `Now: ${standing.state}${standing.why ? `. ${say(standing.why, 'en')}` : ''}`,
    ...(link?.timesheets ?? []).map(timesheetLine),
    '',
    table(events.map((event) => [formatDateTime(event.at, 'en'), sayEvent(event, 'en')])),
  ].join('\n');
}

function timesheetLine(row: NonNullable<Explanation['link']>['timesheets'][number]): string {
  const marks = [row.deleted ? 'deleted' : '', row.exported ? 'exported' : ''].filter(Boolean).join(', ');
  const seconds = row.seconds === null ? '?' : hours(row.seconds);
  return `Timesheet ${row.id}: ${seconds} h on ${row.day ?? '?'}${marks ? ` (${marks})` : ''}  ${row.url ?? ''}`.trimEnd();
}
