import type { Command } from 'commander';
import type { ReplyOf } from '../../api/contract.js';
import { readStatus } from '../../api/system/read-status.contract.js';
import { formatDuration, type Language } from '../../words/format.js';
import { say } from '../../words/say.js';
import { apiOf, languageOf, terminalOf, withCommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { cliWords } from '../words.js';

export function addStatus(program: Command): void {
  withCommonOptions(program.command('status'))
    .description('how the installation is, and what waits')
    .action(async (_flags: unknown, command: Command) => {
      const api = apiOf(command);
      const status = await api.call(readStatus, {});
      terminalOf(command).result(status, describeStatus(status, api.url, languageOf(command)));
    });
}

/** Systems, what is paused and why, and what waits, one a line. */
export function describeStatus(status: ReplyOf<typeof readStatus>, url: string, language: Language): string {
  const words = cliWords(language);
  const { counts, temporal } = status;
  return table([
    ['Timebridge', words.isAt(status.version, url)],
    ['Temporal', temporal.reachable ? words.answers : words.temporalAway],
    ...status.connectors.map(({ name, health, cause }) => [
      name,
      cause || health === 'paused' ? words.paused(cause ? say(cause, language) : health) : words.connected,
    ]),
    ...status.pausedBridges.map(({ name, cause }) => [name, words.paused(say(cause, language))]),
    [words.waiting, words.waits(counts, formatDuration(counts.openSeconds))],
    [words.queued, words.isQueued(counts)],
  ]);
}
