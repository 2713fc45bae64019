import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { listAlerts, testAlerts } from '../../api/system/alerts.contract.js';
import type { ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import { apiOf, terminalOf, withCommonOptions } from '../options.js';
import { table } from '../terminal.js';

const LOOK_EVERY_MS = 500;
const MOST_LOOKS = 60;

export function addAlerts(program: Command): void {
  withCommonOptions(program.command('alerts'))
    .description('messages about what nobody may miss, and what became of them')
    .option('--test', 'send a test by every channel that is set up, and wait for what becomes of it')
    .action(async ({ test }: { readonly test?: boolean }, command: Command) => {
      const api = apiOf(command);
      const items = test === true ? await tested(api) : (await api.call(listAlerts, {})).items;
      terminalOf(command).result({ items }, table(items.map(line)));
      if (test === true && items.some(({ sentAt }) => sentAt === null))
        throw new CommandFailed('A message could not be sent yet; it will be tried again', 'not_sent');
    });
}

type Message = Awaited<ReturnType<typeof messages>>[number];

const messages = async (api: ApiClient) => (await api.call(listAlerts, {})).items;

const line = ({ createdAt, channel, kind, sentAt, givenUpAt, lastError }: Message): string[] => [
  createdAt,
  channel,
  kind,
  sentAt !== null
    ? `sent ${sentAt}`
    : `${givenUpAt === null ? 'will be tried again' : 'given up'}: ${lastError ?? ''}`,
];

/** The messages of this test, once each has been tried. */
async function tested(api: ApiClient): Promise<readonly Message[]> {
  const before = new Set((await messages(api)).map(({ id }) => id));
  await api.call(testAlerts, {});
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    await sleep(LOOK_EVERY_MS);
    const mine = (await messages(api)).filter(({ id, kind }) => kind === 'alert_test' && !before.has(id));
    if (mine.length > 0 && mine.every(isTried)) return mine;
  }
  throw new CommandFailed(
    'No message came of it. Set TIMEBRIDGE_ALERT_MAIL_TO or TIMEBRIDGE_ALERT_WEBHOOK_URL (.env.example) and restart the worker',
    'no_channel',
  );
}

const isTried = ({ sentAt, lastError }: Message): boolean => sentAt !== null || lastError !== null;
