import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NamedKey } from './keys.js';

/*
 * Webhook secrets are compared by the API process, so it must be able to read them: they are encrypted with
 * symmetric keys of their own, which open nothing else.
 */

const FORMAT = 'gcm1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

/** A stored webhook secret that cannot be read; the message repeats neither it nor a key. */
export class WebhookSecretError extends Error {
  override readonly name = 'WebhookSecretError';
}

/** Encrypts a secret for one connector with a key: `gcm1.<key id>.<iv>.<ciphertext and tag>`. */
export function encryptWebhookSecret(key: NamedKey, secret: string, connectorId: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv, OPTIONS).setAAD(Buffer.from(connectorId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [FORMAT, key.id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
}

/** Id of the key that encrypted it; null when it is no stored secret. */
export function webhookSecretKeyId(stored: string): string | null {
  const [format, keyId] = stored.split('.');
  return format === FORMAT ? (keyId ?? null) : null;
}

/** Decrypts a stored secret; one of another connector, or a changed one, is a WebhookSecretError. */
export function decryptWebhookSecret(keys: readonly NamedKey[], stored: string, connectorId: string): string {
  const [format, keyId, iv = '', text = ''] = stored.split('.');
  const key = keys.find(({ id }) => id === keyId);
  if (format !== FORMAT || key === undefined)
    throw new WebhookSecretError('no key reads this webhook secret');
  const sealed = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv, 'base64url'), OPTIONS)
      .setAAD(Buffer.from(connectorId))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    return opened.toString('utf8');
  } catch (error) {
    throw new WebhookSecretError('the webhook secret is damaged or belongs to another connector', {
      cause: error,
    });
  }
}
