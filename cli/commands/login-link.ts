import type { Command } from 'commander';
import { CommandFailed } from '../failure.js';
import { firstLoginLink, loginLink } from '../first-login.js';
import { apiOf, terminalOf, withCommonOptions } from '../options.js';

export function addLoginLink(program: Command): void {
  withCommonOptions(program.command('login-link'))
    .description('a link that logs somebody in once: the first administrator, or who forgot a password')
    .argument('[email]', 'whose; left out: the first administrator, as long as nobody has logged in')
    .action(async (email: string | undefined, _flags: unknown, command: Command) => {
      const api = apiOf(command);
      const url = email === undefined ? await firstLoginLink(api) : await loginLink(api, email);
      if (!url)
        throw new CommandFailed(
          'Somebody can log in already. Name whose link it is: login-link <email>',
          'named',
        );
      terminalOf(command).result({ url }, url);
    });
}
