import type { Command } from 'commander';
import { newKeys } from '../installation.js';
import { terminalOf, withCommonOptions } from '../options.js';

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the keys that protect credentials');
  withCommonOptions(keys.command('new'))
    .description('print a new set of keys, for an installation that gets them from its environment')
    .action((_flags: unknown, command: Command) => {
      const made = newKeys();
      const lines = Object.entries(made).map(([name, value]) => `${name}=${value}`);
      terminalOf(command).result(made, lines.join('\n'));
    });
}
