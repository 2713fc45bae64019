import type { Command } from 'commander';
import { EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { counters, runToEnd, startRuns } from '../sync.js';

type SyncFlags = CommonOptions & {
  readonly wait?: true;
  readonly full?: true;
  readonly confirmFirstRun?: true;
};

export function addSync(program: Command): void {
  withCommonOptions(program.command('sync'))
    .description('compare both books now and write what is clear')
    .argument('[bridge]', 'one bridge; left out: every bridge')
    .option('--wait', 'wait until it is over; exit 1 when it did not complete')
    .option('--full', 'compare everything instead of what has changed')
    .option('--confirm-first-run', 'say yes to what "plan" showed: old entries are written without asking')
    .action(async (bridge: string | undefined, _flags: SyncFlags, command: Command) => {
      const flags = command.optsWithGlobals<SyncFlags>();
      const { note, result } = terminalOf(command);
      const order = {
        bridge,
        full: flags.full === true,
        confirmFirstRun: flags.confirmFirstRun === true,
        note,
      };
      const api = apiOf(command);
      if (!flags.wait) {
        const started = await startRuns(api, order);
        const runs = started.map(({ bridgeId, workflowId }) => ({ bridgeId, workflowId }));
        result({ started: runs }, runs.map(({ workflowId }) => `started ${workflowId}`).join('\n'));
        return;
      }
      const runs = await runToEnd(api, order);
      result({ runs }, runs.map((run) => `${run.bridgeId}: ${run.state}  ${counters(run)}`).join('\n'));
      if (runs.some((run) => run.state !== 'completed')) process.exitCode = EXIT.failed;
    });
}
