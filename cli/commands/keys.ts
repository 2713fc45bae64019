import type { Command } from 'commander';
import { resealSecrets } from '../../api/system/rotate-keys.contract.js';
import type { ReplyOf } from '../../api/contract.js';
import { readUpConfig } from '../../config/up.js';
import { readLock } from '../../stack/lock.js';
import { EXIT } from '../failure.js';
import { newKeys, newPassword, newToken } from '../installation.js';
import { apiOf, configOf, terminalOf, withCommonOptions } from '../options.js';
import { linesForEnvironment, rotateKeyFile } from '../rotate-keys.js';

type Resealed = ReplyOf<typeof resealSecrets>;

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the keys that protect credentials');
  withCommonOptions(keys.command('new'))
    .description('print every secret that an installation with its own .env needs, as lines for that file')
    .action((_flags: unknown, command: Command) => {
      const made = { ...newKeys(), TIMEBRIDGE_TOKEN: newToken(), POSTGRES_PASSWORD: newPassword() };
      const lines = Object.entries(made).map(([name, value]) => `${name}=${value}`);
      terminalOf(command).result(made, lines.join('\n'));
    });
  withCommonOptions(keys.command('rotate'))
    .description('put a new key in front of the others and seal every stored secret with it')
    .action((_flags: unknown, command: Command) => rotate(command));
  withCommonOptions(keys.command('reseal'))
    .description('seal every stored secret with the newest key; as often as one likes')
    .action(async (_flags: unknown, command: Command) => {
      const done = await apiOf(command).call(resealSecrets, {});
      terminalOf(command).result(done, describe(done).join('\n'));
      if (failuresOf(done).length > 0) process.exitCode = EXIT.failed;
    });
}

/** The worker reads a new key from the key file by itself; the API knows its new keys after a restart. */
async function rotate(command: Command): Promise<void> {
  const { dataDir } = configOf(command);
  const { result } = terminalOf(command);
  const { keysGiven } = readUpConfig({ ...process.env, TIMEBRIDGE_DATA: dataDir });
  const newest = keysGiven ? null : rotateKeyFile(dataDir);
  if (newest === null) {
    const made = newKeys();
    return result({ rotated: false, set: made }, linesForEnvironment(made).join('\n'));
  }
  const running = readLock(dataDir) !== undefined;
  const done = running ? await apiOf(command).call(resealSecrets, {}) : null;
  const next = running
    ? 'Restart Timebridge, so that its API takes the new keys too: it encrypts the webhook secrets anew when it starts.'
    : 'The next start uses it; run "timebridge keys reseal" then.';
  result(
    { rotated: true, newest, resealed: done },
    [`The newest key is ${newest}.`, ...(done ? describe(done) : []), next].join('\n'),
  );
  if (done && failuresOf(done).length > 0) process.exitCode = EXIT.failed;
}

function describe(done: Resealed): readonly string[] {
  const { tokens, webhookSecrets } = done;
  return [
    `API tokens: ${tokens.resealed} sealed anew, ${tokens.current} already were`,
    `Webhook secrets: ${webhookSecrets.resealed} encrypted anew, ${webhookSecrets.current} already were`,
    ...failuresOf(done),
  ];
}

const failuresOf = ({ tokens, webhookSecrets }: Resealed): readonly string[] => [
  ...tokens.failed.map((id) => `No key opens the API token of ${id}: enter it again`),
  ...webhookSecrets.failed.map((id) => `No key reads the webhook secret of ${id}: draw a new one`),
];
