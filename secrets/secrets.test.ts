import { describe, expect, it } from 'vitest';
import { generateKeyPair, generateSecretKey, publicKeyOf } from './keys.js';
import { openToken, resealToken } from './open.js';
import { sealedKeyId, sealToken } from './seal.js';
import { decryptWebhookSecret, encryptWebhookSecret } from './webhook-secret.js';

const binding = { connectorId: 'zammad', baseUrl: 'https://desk.example.com' };
const token = 'a-token-ä-€';

describe('sealed tokens', () => {
  it('open with the private key and name the key they were sealed with', async () => {
    const { publicKey, privateKey } = generateKeyPair();
    const sealed = await sealToken(publicKey, token, binding);
    expect(sealed).not.toContain(token);
    expect(sealedKeyId(sealed)).toBe(publicKey.id);
    expect(await openToken([privateKey], sealed, binding)).toBe(token);
  });

  it('are different each time although the token is the same', async () => {
    const { publicKey } = generateKeyPair();
    expect(await sealToken(publicKey, token, binding)).not.toBe(await sealToken(publicKey, token, binding));
  });

  it('do not open once the URL or the connector is another one', async () => {
    const { publicKey, privateKey } = generateKeyPair();
    const sealed = await sealToken(publicKey, token, binding);
    const elsewhere = { ...binding, baseUrl: 'https://evil.example.com' };
    const other = { ...binding, connectorId: 'zammad-2' };
    await expect(openToken([privateKey], sealed, elsewhere)).rejects.toMatchObject({
      problem: 'not_for_this_connector',
    });
    await expect(openToken([privateKey], sealed, other)).rejects.toMatchObject({
      problem: 'not_for_this_connector',
    });
  });

  it('do not open with the public key, which is all the API has', async () => {
    const { publicKey } = generateKeyPair();
    const sealed = await sealToken(publicKey, token, binding);
    await expect(openToken([publicKey], sealed, binding)).rejects.toMatchObject({
      problem: 'not_for_this_connector',
    });
  });

  it('do not open when a single character was changed', async () => {
    const { publicKey, privateKey } = generateKeyPair();
    const sealed = await sealToken(publicKey, token, binding);
    const changed = sealed.slice(0, -4) + (sealed.at(-4) === 'A' ? 'B' : 'A') + sealed.slice(-3);
    await expect(openToken([privateKey], changed, binding)).rejects.toMatchObject({
      problem: 'not_for_this_connector',
    });
  });

  it('say which key is missing without repeating anything secret', async () => {
    const sealed = await sealToken(generateKeyPair().publicKey, token, binding);
    const { privateKey } = generateKeyPair();
    await expect(openToken([privateKey], sealed, binding)).rejects.toThrow(/needs key [0-9a-f]{12}/);
    await expect(openToken([privateKey], token, binding)).rejects.toMatchObject({ problem: 'not_sealed' });
  });

  it('move to the newest key while the old one still opens those that have not moved', async () => {
    const old = generateKeyPair();
    const fresh = generateKeyPair();
    const keys = [fresh.privateKey, old.privateKey] as const;
    const sealed = await sealToken(old.publicKey, token, binding);
    expect(await openToken(keys, sealed, binding)).toBe(token);
    const resealed = await resealToken([...keys], sealed, binding);
    expect(resealed).not.toBeNull();
    expect(await openToken([fresh.privateKey], resealed ?? '', binding)).toBe(token);
    expect(await resealToken([...keys], resealed ?? '', binding)).toBeNull();
  });

  it('are sealed by the public half that belongs to a private key', () => {
    const { publicKey, privateKey } = generateKeyPair();
    expect(publicKeyOf(privateKey)).toEqual(publicKey);
  });
});

describe('webhook secrets', () => {
  it('are read again with any of the keys, for their own connector only', () => {
    const old = generateSecretKey();
    const keys = [generateSecretKey(), old];
    const stored = encryptWebhookSecret(old, 's3cret', 'zammad');
    expect(stored).not.toContain('s3cret');
    expect(decryptWebhookSecret(keys, stored, 'zammad')).toBe('s3cret');
    expect(() => decryptWebhookSecret(keys, stored, 'other')).toThrow(/another connector/);
    expect(() => decryptWebhookSecret([generateSecretKey()], stored, 'zammad')).toThrow(/no key/);
    expect(() => decryptWebhookSecret(keys, 's3cret', 'zammad')).toThrow(/no key/);
  });
});
