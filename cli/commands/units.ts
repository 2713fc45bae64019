import type { Command } from 'commander';
import { checkConnector } from '../../api/connectors/check-connector.contract.js';
import { readConnector } from '../../api/connectors/read-connector.contract.js';
import { updateConnector } from '../../api/connectors/update-connector.contract.js';
import { formatDateTime, formatDuration } from '../../words/format.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { cliWords } from '../words.js';

type Flags = CommonOptions & { readonly confirm?: true };

/** A changed setting in Zammad stops the runs until somebody says that the unit still is what it was. */
export function addUnits(program: Command): void {
  withCommonOptions(program.command('units'))
    .description('how long one unit of time accounting is, with samples to tell by')
    .argument('<connector>', 'the Zammad it is about')
    .option('--confirm', 'it is right as it stands: runs that waited for it go on')
    .action(async (connectorId: string, _flags: Flags, command: Command) => {
      const api = apiOf(command);
      const language = languageOf(command);
      const words = cliWords(language);
      const { result } = terminalOf(command);
      const params = { connectorId };
      const { connector } = await api.call(readConnector, { params });
      const { unitPeriods } = connector;
      if (unitPeriods.length === 0) {
        throw new CommandFailed(`${connector.name} counts in no units`, 'no_units', EXIT.wrongUse);
      }
      if (command.optsWithGlobals<Flags>().confirm === true) {
        await api.call(updateConnector, { params, body: { unitPeriods } });
        return result({ confirmed: unitPeriods }, words.unitConfirmed);
      }
      const { samples } = await api.call(checkConnector, { params });
      const lines = unitPeriods.map(({ from, secondsPerUnit }) =>
        words.unit(
          from === null ? words.always : words.since(formatDateTime(from, language, connector.timeZone)),
          formatDuration(secondsPerUnit),
        ),
      );
      const shown = samples.map(({ ticketNumber, personName, unitText, seconds }) =>
        words.sample(ticketNumber, personName, unitText, seconds === null ? '–' : formatDuration(seconds)),
      );
      const told = [...lines, ...(shown.length > 0 ? shown : [words.noSamples]), words.confirmUnit];
      result({ unitPeriods, samples }, told.join('\n'));
    });
}
