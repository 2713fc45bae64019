import { describe, expect, it } from 'vitest';
import { isSigned } from './signature.js';

const body = Buffer.from('{"ticket":{"id":1},"article":{}}');
// A check value computed apart from this code: HMAC-SHA1 with the key s3cr3t-t0k3n.
const signature = 'sha1=ab65752a52f8d20d1f0a28408a98cc53ef3ce37a';

describe('isSigned', () => {
  it('knows the signature that Zammad sends', () => {
    expect(isSigned(body, signature, ['s3cr3t-t0k3n'])).toBe(true);
  });

  it('accepts the secret before the last rotation too', () => {
    expect(isSigned(body, signature, ['a-newer-one', 's3cr3t-t0k3n'])).toBe(true);
  });

  it.each([
    ['another secret', body, signature, ['other']],
    ['no secret at all', body, signature, []],
    ['one byte more', Buffer.concat([body, Buffer.from('\n')]), signature, ['s3cr3t-t0k3n']],
    ['no header', body, '', ['s3cr3t-t0k3n']],
    ['a header without the name of the hash', body, signature.slice(5), ['s3cr3t-t0k3n']],
    ['a cut signature', body, signature.slice(0, -2), ['s3cr3t-t0k3n']],
    ['a longer signature', body, `${signature}00`, ['s3cr3t-t0k3n']],
  ])('refuses %s', (_what, raw, header, secrets) => {
    expect(isSigned(raw, header, secrets)).toBe(false);
  });
});
