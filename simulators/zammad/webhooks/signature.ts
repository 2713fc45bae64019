import { createHmac } from 'node:crypto';

/** `X-Hub-Signature` of a body: HMAC-SHA1 over exactly these bytes, keyed with the token's UTF-8 bytes. */
export function hubSignature(token: string, body: string): string {
  return `sha1=${createHmac('sha1', Buffer.from(token, 'utf8')).update(body, 'utf8').digest('hex')}`;
}
