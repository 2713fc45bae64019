import type { Command } from 'commander';
import { readStatus } from '../../api/system/read-status.contract.js';
import { apiOf, terminalOf, withCommonOptions } from '../options.js';
import { table } from '../terminal.js';
import { hours } from '../time.js';

export function addStatus(program: Command): void {
  withCommonOptions(program.command('status'))
    .description('how the installation is, and what waits')
    .action(async (_flags: unknown, command: Command) => {
      const api = apiOf(command);
      const status = await api.call(readStatus, {});
      const { counts, temporal } = status;
      const rows = [
        ['Timebridge', `${status.version} at ${api.url}`],
        ['Temporal', temporal.reachable ? 'answers' : 'does not answer: nothing can be decided or started'],
        ...status.connectors.map(({ name, health, cause }) => [
          name,
          cause ? `${health}: ${cause.code}` : health,
        ]),
        ...status.pausedBridges.map(({ name, cause }) => [name, `paused: ${cause.code}`]),
        ['Waiting', `${counts.open} open (${hours(counts.openSeconds)}), ${counts.snoozed} snoozed`],
        ['Queued', `${counts.pendingWrites} writes, ${counts.waitingDeliveries} webhooks`],
      ];
      terminalOf(command).result(status, table(rows));
    });
}
