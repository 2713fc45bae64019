import { spawn } from 'node:child_process';
import { isRecord } from '../../simulators/kit/index.js';
import { APP_URL, DATA_DIR, ZAMMAD_URL } from './kit/addresses.js';
import { startInstallation, stopInstallation } from './kit/installation.js';
import { ANNA, BRIDGE, minutesOf, newTicket, REMOTE_SUPPORT, sheetsOfEntry, zammad } from './kit/systems.js';
import { expect, test } from './kit/test.js';

type Ended = { readonly status: number | null; readonly said: string };

/** `timebridge webhook install` as an administrator types it; `onWaiting` is called when it asks for a change. */
function install(flags: readonly string[], onWaiting?: () => Promise<unknown>): Promise<Ended> {
  const args = ['scripts/timebridge.mjs', 'webhook', 'install', BRIDGE, ...flags];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      ...{ TIMEBRIDGE_DATA: DATA_DIR, TIMEBRIDGE_URL: APP_URL, TIMEBRIDGE_LANGUAGE: 'en' },
      LENT_TOKEN: 'tok_admin',
    },
  });
  let said = '';
  let asked = false;
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8');
    if (asked || !said.includes('Change any ticket')) return;
    asked = true;
    void onWaiting?.();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, said }));
  });
}

async function namesIn(path: string): Promise<readonly unknown[]> {
  const reply = await fetch(`${ZAMMAD_URL}/api/v1${path}`, {
    headers: { authorization: 'Token token=tok_admin' },
  });
  const rows: unknown = await reply.json();
  return Array.isArray(rows) ? rows.map((row: unknown) => (isRecord(row) ? row['name'] : row)) : [rows];
}

async function bookAndFind(title: string): Promise<void> {
  const ticketId = await newTicket(title);
  const entryId = await zammad.book({ ticketId, minutes: 25, typeId: REMOTE_SUPPORT, userId: ANNA });
  await expect
    .poll(async () => (await sheetsOfEntry(entryId)).map(minutesOf), { timeout: 60_000 })
    .toEqual([25]);
}

test('the webhook is installed by one command, which says what is missing, and lasts', async () => {
  test.setTimeout(300_000);
  // The one of the demo was not made by this command.
  await zammad.control('DELETE', '/webhooks');

  const refused = await install(['--wait', '0']);
  expect(refused.status).not.toBe(0);
  expect(refused.said).toContain('admin.webhook, admin.trigger');
  expect(refused.said).toContain('By hand, in Zammad:');
  expect(await namesIn('/webhooks')).toEqual([]);

  const lent = ['--token-from', 'LENT_TOKEN'];
  const first = await install([...lent, '--wait', '60'], () => newTicket('Webhook: die Probe'));
  expect(first.said).toContain('were created in Zammad');
  expect(first.said).toContain('a signed call arrived');
  expect(first.status).toBe(0);
  await bookAndFind('Webhook: eingerichtet');

  const again = await install([...lent, '--wait', '0']);
  expect(again.said).toContain('were updated in Zammad');
  expect(again.status).toBe(0);
  expect(await namesIn('/webhooks')).toEqual([`Timebridge ${BRIDGE}`]);
  expect(await namesIn('/triggers')).toEqual([
    `Timebridge ${BRIDGE}: create`,
    `Timebridge ${BRIDGE}: update`,
  ]);

  await stopInstallation();
  await startInstallation();
  await bookAndFind('Webhook: nach dem Neustart');
});
