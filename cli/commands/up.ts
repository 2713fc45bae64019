import type { Command } from 'commander';
import type { CommonOptions } from '../options.js';
import { withCommonOptions } from '../options.js';
import { up } from '../up/up.js';

type UpFlags = CommonOptions & { readonly demo: boolean };

export function addUp(program: Command): void {
  withCommonOptions(program.command('up'))
    .description('start everything on this machine: database, Temporal, worker, API, and the demo')
    .option('--no-demo', 'start empty, with the set-up wizard instead of the demo')
    .action(async (_flags: UpFlags, command: Command) => {
      const { demo, data } = command.optsWithGlobals<UpFlags>();
      process.exitCode = await up({ demo, data, say: (line) => void process.stdout.write(`${line}\n`) });
    });
}
