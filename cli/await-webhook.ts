import { readBridge } from '../api/bridges/read-bridge.contract.js';
import type { Bridge } from '../api/bridges/bridge-shape.contract.js';
import { sleep } from '../stack/processes.js';
import type { ApiClient } from './client.js';

const ASK_EVERY_MS = 1_000;

type Webhook = Bridge['webhook'];
type Waiting = { readonly seconds: number; readonly note: (line: string) => void };

const REFUSED: Readonly<Record<NonNullable<Webhook['lastRefusal']>['cause'], string>> = {
  no_signature:
    'Zammad reached Timebridge without a signature: enter the secret of the bridge as "HMAC SHA1 Signature Token" of the webhook',
  wrong_signature:
    'Zammad reached Timebridge with another secret: enter the secret of this bridge (a new one can be drawn on its page)',
  no_ticket: 'Zammad reached Timebridge with a payload that names no ticket: use the standard payload',
};

/**
 * The round trip: somebody changes a ticket in Zammad, and its signed call has to arrive here. Says which step fails:
 * not reached or no trigger, or reached and turned away.
 */
export async function awaitWebhook(api: ApiClient, bridgeId: string, { seconds, note }: Waiting) {
  const read = async (): Promise<Webhook> =>
    (await api.call(readBridge, { params: { bridgeId } })).bridge.webhook;
  const before = await read();
  note(`Zammad has to call ${before.url}`);
  note(`Change any ticket in Zammad now, e.g. its priority; waiting ${seconds} s for its call`);
  const until = Date.now() + seconds * 1_000;
  while (Date.now() < until) {
    const { lastDeliveryAt, lastRefusal } = await read();
    if (lastDeliveryAt !== before.lastDeliveryAt)
      return { check: 'webhook', ok: true, says: `a signed call arrived at ${lastDeliveryAt}` };
    if (lastRefusal && lastRefusal.at !== before.lastRefusal?.at)
      return { check: 'webhook', ok: false, says: REFUSED[lastRefusal.cause] };
    await sleep(ASK_EVERY_MS);
  }
  return { check: 'webhook', ok: false, says: nothingCame(before) };
}

const nothingCame = ({ url }: Webhook): string =>
  [
    `no call arrived. Does a trigger of Zammad run this webhook (activator "Action", execution "Always")? Is the webhook active?`,
    `Can Zammad's server open ${new URL(url).origin}? "curl -i ${url}" run there must answer 404 or 405, not time out`,
  ].join(' ');
