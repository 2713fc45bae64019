import type { Command } from 'commander';
import { createApiToken } from '../../api/api-tokens/create-api-token.contract.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';

const DAY_MS = 86_400_000;

export function addToken(program: Command): void {
  const token = program.command('token').description('API tokens for programs');
  withCommonOptions(token.command('create'))
    .description('make a token; it is shown once')
    .argument('<name>', 'what it is for')
    .option('--days <n>', 'how long it works; left out: until it is revoked')
    .action(async (name: string, _flags: unknown, command: Command) => {
      const { days } = command.optsWithGlobals<CommonOptions & { readonly days?: string }>();
      const expiresAt =
        days === undefined ? null : new Date(Date.now() + wholeDays(days) * DAY_MS).toISOString();
      const made = await apiOf(command).call(createApiToken, { body: { name, expiresAt } });
      terminalOf(command).result(made, made.token);
    });
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > 0 && days <= 3650) return days;
  throw new CommandFailed('--days must be a whole number from 1 to 3650', 'usage', EXIT.wrongUse);
}
