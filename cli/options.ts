import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { readCliConfig, type CliConfig } from '../config/cli.js';
import { LANGUAGES, type Language } from '../words/format.js';
import { connectApi, type ApiClient } from './client.js';
import { terminal, type Terminal } from './terminal.js';

/** What every command is given, wherever on the line it stands. */
export type CommonOptions = { readonly data?: string; readonly json?: true; readonly language?: Language };

/** Adds the options that all commands take, so that they may stand behind the command's name too. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'the data folder of the installation')
    .option('--json', 'print the result as JSON')
    .addOption(languageOption());
}

/** Help and wrong use are English; what is said about entries, cases and decisions is in the language that is asked for. */
export const languageOption = (): Option =>
  new Option('--language <language>', 'of the sentences (default: TIMEBRIDGE_LANGUAGE, or LANG)').choices(
    LANGUAGES,
  );

export function terminalOf(command: Command): Terminal {
  return terminal(command.optsWithGlobals<CommonOptions>().json === true);
}

/** The environment, with the data folder and the language that the command line names. */
export function configOf(command: Command): CliConfig {
  const { data, language } = command.optsWithGlobals<CommonOptions>();
  return readCliConfig({
    ...process.env,
    ...(data !== undefined && { TIMEBRIDGE_DATA: resolve(data) }),
    ...(language !== undefined && { TIMEBRIDGE_LANGUAGE: language }),
  });
}

export const apiOf = (command: Command): ApiClient => connectApi(configOf(command));
export const languageOf = (command: Command): Language => configOf(command).language;
