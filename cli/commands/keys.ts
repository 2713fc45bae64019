import type { Command } from 'commander';
import { newKeys, newPassword, newToken } from '../installation.js';
import { terminalOf, withCommonOptions } from '../options.js';

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the keys that protect credentials');
  withCommonOptions(keys.command('new'))
    .description('print every secret that an installation with its own .env needs, as lines for that file')
    .action((_flags: unknown, command: Command) => {
      const made = { ...newKeys(), TIMEBRIDGE_TOKEN: newToken(), POSTGRES_PASSWORD: newPassword() };
      const lines = Object.entries(made).map(([name, value]) => `${name}=${value}`);
      terminalOf(command).result(made, lines.join('\n'));
    });
}
