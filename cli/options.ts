import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readCliConfig, type CliConfig } from '../config/cli.js';
import { connectApi, type ApiClient } from './client.js';
import { terminal, type Terminal } from './terminal.js';

/** What every command is given, wherever on the line it stands. */
export type CommonOptions = { readonly data?: string; readonly json?: true };

/** Adds the two options that all commands take, so that they may stand behind the command's name too. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'the data folder of the installation')
    .option('--json', 'print the result as JSON');
}

export function terminalOf(command: Command): Terminal {
  return terminal(command.optsWithGlobals<CommonOptions>().json === true);
}

/** The environment, with the data folder that the command line names. */
export function configOf(command: Command): CliConfig {
  const { data } = command.optsWithGlobals<CommonOptions>();
  return readCliConfig({ ...process.env, ...(data !== undefined && { TIMEBRIDGE_DATA: resolve(data) }) });
}

export const apiOf = (command: Command): ApiClient => connectApi(configOf(command));
