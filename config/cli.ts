import { resolve } from 'node:path';
import { readEnvironment, type Environment } from './environment.js';
import { settings } from './settings.js';

export type CliConfig = {
  readonly dataDir: string;
  /** Where the API answers, without a trailing slash. */
  readonly apiUrl: string;
  /** Whether somebody named that address, or it is the default. */
  readonly urlGiven: boolean;
  /** An API token; left out, the file that the installation keeps in its data folder is used. */
  readonly token: string | undefined;
  /** Of the sentences about entries, cases and decisions. */
  readonly language: 'de' | 'en';
};

/** What a command that speaks to the API needs. @throws EnvironmentError that lists every wrong key. */
export function readCliConfig(source: Environment = process.env): CliConfig {
  const env = readEnvironment(
    {
      TIMEBRIDGE_DATA: settings.TIMEBRIDGE_DATA,
      TIMEBRIDGE_PORT: settings.TIMEBRIDGE_PORT,
      TIMEBRIDGE_URL: settings.TIMEBRIDGE_URL,
      TIMEBRIDGE_TOKEN: settings.TIMEBRIDGE_TOKEN,
      TIMEBRIDGE_LANGUAGE: settings.TIMEBRIDGE_LANGUAGE,
    },
    source,
  );
  return {
    dataDir: resolve(env.TIMEBRIDGE_DATA),
    apiUrl: env.TIMEBRIDGE_URL ?? `http://127.0.0.1:${env.TIMEBRIDGE_PORT}`,
    urlGiven: env.TIMEBRIDGE_URL !== undefined,
    token: env.TIMEBRIDGE_TOKEN,
    language: env.TIMEBRIDGE_LANGUAGE ?? languageOfShell(source),
  };
}

/** POSIX: the first of these that is set and not empty names the language of messages. */
const languageOfShell = ({ LC_ALL, LC_MESSAGES, LANG }: Environment): CliConfig['language'] =>
  /^de([_.@]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'de' : 'en';
