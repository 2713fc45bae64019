import { Agent, request } from 'undici';
import { versionNumber, type WebhookRow, type ZammadWorld } from '../world.js';
import { hubSignature } from './signature.js';

/** What is sent in one attempt. */
export type Outgoing = {
  readonly webhook: WebhookRow;
  readonly url: string;
  readonly triggerName: string;
  readonly deliveryId: string;
  readonly body: string;
};

const OPEN_TIMEOUT_MS = 4_000;
const READ_TIMEOUT_MS = 30_000;
const TOTAL_TIMEOUT_MS = 60_000;
const FOLLOWED_REDIRECTS = 10;

/** One connection per request, as Zammad opens them. */
function agentFor(webhook: WebhookRow): Agent {
  return new Agent({
    pipelining: 0,
    connect: { timeout: OPEN_TIMEOUT_MS, rejectUnauthorized: webhook.ssl_verify },
    headersTimeout: READ_TIMEOUT_MS,
    bodyTimeout: READ_TIMEOUT_MS,
  });
}

/** Header values are bytes: a trigger's name goes out as UTF-8, whatever it holds. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function authorization({ basic_auth_username, basic_auth_password, bearer_token }: WebhookRow) {
  if (bearer_token !== null) return { authorization: `Bearer ${bearer_token}` };
  if (basic_auth_username === null) return {};
  const pair = Buffer.from(`${basic_auth_username}:${basic_auth_password ?? ''}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

function headersOf({ webhook, triggerName, deliveryId, body }: Outgoing): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Zammad User Agent',
    'x-zammad-trigger': asBytes(triggerName),
    'x-zammad-delivery': deliveryId,
    ...(webhook.signature_token === null
      ? {}
      : { 'x-hub-signature': hubSignature(webhook.signature_token, body) }),
    ...authorization(webhook),
  };
}

/** Sends one attempt and returns the status that counts. Rejects when no answer comes in time. */
export async function sendWebhook(
  world: ZammadWorld,
  outgoing: Outgoing,
  stop: AbortSignal,
): Promise<number> {
  const dispatcher = agentFor(outgoing.webhook);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(TOTAL_TIMEOUT_MS)]);
  // Before 7.0 there was POST alone.
  const method = versionNumber(world) >= 700 ? outgoing.webhook.http_method.toUpperCase() : 'POST';
  const headers = headersOf(outgoing);
  try {
    let answer = await request(outgoing.url, { dispatcher, signal, method, headers, body: outgoing.body });
    await answer.body.dump();
    // 5.x followed redirects, with a GET; since 6.5 they are failures.
    for (let hop = 0; hop < FOLLOWED_REDIRECTS && isRedirect(answer.statusCode); hop += 1) {
      const location = answer.headers['location'];
      if (versionNumber(world) >= 605 || typeof location !== 'string') break;
      answer = await request(new URL(location, outgoing.url), { dispatcher, signal, method: 'GET' });
      await answer.body.dump();
    }
    return answer.statusCode;
  } finally {
    await dispatcher.close();
  }
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;
