import type { Command } from 'commander';
import { installWebhook } from '../../api/bridges/install-webhook.contract.js';
import { say } from '../../words/say.js';
import { awaitWebhook } from '../await-webhook.js';
import { CommandFailed, EXIT } from '../failure.js';
import { apiOf, languageOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';

type InstallFlags = CommonOptions & { readonly tokenFrom?: string; readonly wait: string };

/** What a person clicks where no token may do it. */
const BY_HAND = (url: string): string =>
  [
    'By hand, in Zammad:',
    `  1. Manage > Webhook > New: endpoint ${url}, "HMAC SHA1 Signature Token": the secret of the bridge (its page draws one)`,
    '  2. Manage > Trigger > New: activator "Action", execution "Always", condition "Action is created", action: this webhook',
    '  3. The same once more with condition "Action is updated"',
    'Or lend a token of an administrator for this one call: --token-from NAME of an environment variable',
  ].join('\n');

export function addWebhook(program: Command): void {
  const webhook = program.command('webhook').description('what Zammad calls when a ticket changes');
  withCommonOptions(webhook.command('install <bridge>'))
    .description(
      "make webhook and triggers in Zammad, then wait for their first call; others' stay untouched",
    )
    .option(
      '--token-from <name>',
      'environment variable with a token that may (admin.webhook, admin.trigger)',
    )
    .option('--wait <seconds>', 'how long to wait for a call; 0 does not wait', '120')
    .action(async (bridgeId: string, _flags: unknown, command: Command) => {
      const { tokenFrom, wait } = command.optsWithGlobals<InstallFlags>();
      const api = apiOf(command);
      const { result, note } = terminalOf(command);
      const token = tokenFrom === undefined ? undefined : tokenIn(tokenFrom);
      const body = token === undefined ? {} : { token };
      const { action, finding, url } = await api.call(installWebhook, { params: { bridgeId }, body });
      if (action === null) {
        const why = finding === null ? '' : say(finding, languageOf(command));
        throw new CommandFailed(`${why}\n${BY_HAND(url)}`, finding?.code ?? 'webhook');
      }
      note(`webhook and triggers "Timebridge ${bridgeId}" were ${action} in Zammad`);
      const seconds = Number(wait);
      if (!(seconds > 0)) return result({ action, url }, `${action}: ${url}`);
      const trip = await awaitWebhook(api, bridgeId, { seconds, note });
      result({ action, url, arrived: trip.ok, says: trip.says }, trip.says);
      if (!trip.ok) process.exitCode = EXIT.failed;
    });
}

function tokenIn(name: string): string {
  const token = process.env[name];
  if (token !== undefined && token !== '') return token;
  throw new CommandFailed(`${name} is not set in the environment: export it before, e.g. export ${name}=…`);
}
