import { Webhook } from 'standardwebhooks';
import { request } from 'undici';
import { AlertRefused, type AlertChannel } from './channel.js';

const TIMEOUT_MS = 15_000;
/** Standard Webhooks: 410 means that the receiver is gone for good. */
const GONE = 410;

/** Posts the alert, signed by the Standard Webhooks scheme, to the one address that the operator named. */
export function createWebhookChannel({
  url,
  secret,
}: {
  readonly url: string;
  readonly secret: string;
}): AlertChannel {
  const webhook = new Webhook(secret);
  return {
    name: 'webhook',
    async send({ id, kind, createdAt, subject, text, url: link, facts }) {
      const body = JSON.stringify({
        type: `timebridge.${kind}`,
        timestamp: createdAt.toISOString(),
        data: { subject, text, url: link, facts },
      });
      const messageId = `msg_${id}`;
      const now = new Date();
      const reply = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'timebridge',
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': webhook.sign(messageId, now, body),
        },
        body,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      await reply.body.dump();
      if (reply.statusCode === GONE) throw new AlertRefused('the receiver answered 410 Gone');
      if (reply.statusCode < 200 || reply.statusCode > 299)
        throw new Error(`the receiver answered ${reply.statusCode}`);
    },
  };
}
