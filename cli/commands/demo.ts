import type { Command } from 'commander';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { prepareDemo } from '../up/prepare-demo.js';

type DemoFlags = CommonOptions & {
  readonly zammad: string;
  readonly kimai: string;
  readonly webhooks?: string;
};

/** `up` does the same by itself; this is for an installation whose processes are started otherwise. */
export function addDemo(program: Command): void {
  withCommonOptions(program.command('demo'))
    .description('connect running simulators of the world "demo" and fill the inbox; repeatable')
    .requiredOption('--zammad <url>', 'where the simulated Zammad answers')
    .requiredOption('--kimai <url>', 'where the simulated Kimai answers')
    .option('--webhooks <url>', 'where the simulators reach the API (default: its public address)')
    .action(async (_flags: DemoFlags, command: Command) => {
      const { zammad, kimai, webhooks } = command.optsWithGlobals<DemoFlags>();
      const { note, result } = terminalOf(command);
      await prepareDemo({ api: apiOf(command), zammad, kimai, webhooks, say: note });
      result({ prepared: true }, 'The demo is ready');
    });
}
