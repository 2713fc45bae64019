import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import type { ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import { applySetup } from '../setup/apply.js';
import { counters, runToEnd } from '../sync.js';
import { demoSetup, readDemoFacts } from './demo-setup.js';
import type { Start } from './start-stack.js';

/**
 * Fills a new demo: sets the bridge up, syncs, lets life go on in both systems, and syncs again, so that every kind
 * of question waits in the inbox. Interrupted, it goes on where it was with the next start.
 */
export async function prepareDemo({ config, installation, say }: Start, api: ApiClient): Promise<void> {
  const done = join(installation.dataDir, 'demo-prepared');
  if (existsSync(done)) return;
  const zammad = `http://127.0.0.1:${config.zammadPort}`;
  const kimai = `http://127.0.0.1:${config.kimaiPort}`;
  say('Setting up the demo …');
  const setup = demoSetup(await readDemoFacts(zammad), { zammad, kimai });
  const changes = await applySetup(api, setup, { renewTokens: false, confirmEarlierStart: true });
  for (const { webhook } of changes) {
    if (webhook) await control(`${zammad}/__control/webhooks`, { url: webhook.url, token: webhook.secret });
  }
  await sync(api, say, 'First run');
  await control(`${zammad}/__control/chapter`, { chapter: 2 });
  await sync(api, say, 'Second run, after a day of work in both systems');
  writeFileSync(done, '');
}

async function sync(api: ApiClient, say: (line: string) => void, title: string): Promise<void> {
  const [run] = await runToEnd(api, { full: true, note: () => undefined });
  if (run?.state !== 'completed') {
    throw new CommandFailed(
      `The demo's run ended as "${run?.state ?? 'nothing'}": ${run?.error?.code ?? ''}`,
      'demo',
    );
  }
  say(`${title}: ${counters(run)}`);
}

async function control(url: string, body: unknown): Promise<void> {
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.body.text();
  if (response.statusCode >= 300) throw new CommandFailed(`The simulators refused ${url}: ${text}`, 'demo');
}
