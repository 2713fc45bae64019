import { request } from 'undici';
import { listRuns } from '../../api/runs/list-runs.contract.js';
import type { ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import { applySetup } from '../setup/apply.js';
import { counters, runToEnd } from '../sync.js';
import { DEMO_BRIDGE, demoSetup, readDemoFacts } from './demo-setup.js';

export type Demo = {
  readonly api: ApiClient;
  /** Where the simulators are reached by us and by the worker. */
  readonly zammad: string;
  readonly kimai: string;
  /** Where the simulators reach the API; left out: under its public address. */
  readonly webhooks?: string | undefined;
  readonly say: (line: string) => void;
};

/**
 * Fills a new demo: sets the bridge up, syncs, lets life go on in both systems, and syncs again, so that every kind
 * of question waits in the inbox. Does nothing where that was done; interrupted, it goes on with the next call.
 */
export async function prepareDemo(demo: Demo): Promise<void> {
  const { api, zammad, kimai, say } = demo;
  const done = await completedRuns(api);
  if (done >= 2) return;
  if (done === 0) {
    say('Setting up the demo …');
    const setup = demoSetup(await readDemoFacts(zammad), { zammad, kimai });
    const changes = await applySetup(api, setup, { renewTokens: false, confirmEarlierStart: true });
    for (const { webhook } of changes) if (webhook) await registerWebhook(demo, webhook);
    await sync(api, say, 'First run');
  }
  await control(`${zammad}/__control/chapter`, { chapter: 2 });
  await sync(api, say, 'Second run, after a day of work in both systems');
}

async function completedRuns(api: ApiClient): Promise<number> {
  const { items } = await api.call(listRuns, { query: { limit: 200 } });
  return items.filter((run) => run.bridgeId === DEMO_BRIDGE && run.state === 'completed').length;
}

async function registerWebhook(
  demo: Demo,
  webhook: { readonly url: string; readonly secret: string },
): Promise<void> {
  const { pathname } = new URL(webhook.url);
  const url = demo.webhooks === undefined ? webhook.url : `${demo.webhooks}${pathname}`;
  await control(`${demo.zammad}/__control/webhooks`, { url, token: webhook.secret });
}

async function sync(api: ApiClient, say: (line: string) => void, title: string): Promise<void> {
  const [run] = await runToEnd(api, { bridge: DEMO_BRIDGE, full: true, note: () => undefined });
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
