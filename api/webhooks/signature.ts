import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether the header is the HMAC-SHA1 of these very bytes under one of the secrets; takes the same time for each. */
export function isSigned(raw: Buffer, header: string, secrets: readonly string[]): boolean {
  const given = /^sha1=([0-9a-f]{40})$/i.exec(header.trim())?.[1];
  if (given === undefined) return false;
  const bytes = Buffer.from(given, 'hex');
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha1', secret).update(raw).digest(), bytes))
    .includes(true);
}
