import type { Command } from 'commander';
import { stringify } from 'yaml';
import { apiOf, terminalOf, withCommonOptions, type CommonOptions } from '../options.js';
import { applySetup, type Change } from '../setup/apply.js';
import { exportSetup } from '../setup/export.js';
import { parseSetup } from '../setup/setup-file.js';
import { readSource } from '../setup/yaml-file.js';

type ApplyFlags = CommonOptions & { readonly renewTokens?: true; readonly confirmEarlierStart?: true };

export function addApply(program: Command): void {
  withCommonOptions(program.command('apply'))
    .description('make systems, bridges, mappings, policies and rules what a YAML file says; repeatable')
    .argument('<file>', 'the file, or - for standard input')
    .option('--renew-tokens', 'store the tokens of the file also where one is stored already')
    .option('--confirm-earlier-start', 'yes: an earlier startFrom brings older entries into scope')
    .action(async (file: string, _flags: ApplyFlags, command: Command) => {
      const { renewTokens = false, confirmEarlierStart = false } = command.optsWithGlobals<ApplyFlags>();
      const setup = parseSetup(readSource(file), process.env);
      const changes = await applySetup(apiOf(command), setup, { renewTokens, confirmEarlierStart });
      terminalOf(command).result({ changes }, changes.map(describe).join('\n'));
    });
  withCommonOptions(program.command('export'))
    .description('print the installation as a file that "apply" takes; without tokens')
    .action(async (_flags: unknown, command: Command) => {
      const setup = await exportSetup(apiOf(command));
      terminalOf(command).result(setup, stringify(setup).trimEnd());
    });
}

function describe({ what, id, action, webhook }: Change): string {
  const more = webhook
    ? `\n  Zammad's webhook: ${webhook.url}\n  its HMAC SHA1 secret (shown once): ${webhook.secret}`
    : '';
  return `${what} ${id}: ${action}${more}`;
}
