import { bindingBytes, type TokenBinding } from './binding.js';
import { publicKeyOf, type NamedKey } from './keys.js';
import { sealedKeyId, sealToken, type SealedToken } from './seal.js';
import { INFO, suite } from './suite.js';

/** Why a stored token cannot be used; neither the token nor a key is in the message. */
export class TokenNotOpened extends Error {
  constructor(
    readonly problem: 'not_sealed' | 'key_unknown' | 'not_for_this_connector',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TokenNotOpened';
  }
}

/** Opens a token with the private key it names; one sealed for another connector or URL does not open. */
export async function openToken(
  keys: readonly NamedKey[],
  sealed: SealedToken,
  binding: TokenBinding,
): Promise<string> {
  const keyId = sealedKeyId(sealed);
  if (keyId === null) throw new TokenNotOpened('not_sealed', 'the stored token is not a sealed token');
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) {
    throw new TokenNotOpened(
      'key_unknown',
      `the stored token needs key ${keyId}, which is not among the keys`,
    );
  }
  const [, , enc = '', ciphertext = ''] = sealed.split('.');
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(key.bytes);
    const params = { recipientKey, enc: toBytes(enc), info: INFO };
    return new TextDecoder().decode(await suite.open(params, toBytes(ciphertext), bindingBytes(binding)));
  } catch (error) {
    const message = `the stored token was not sealed for ${binding.connectorId} at its present URL, or it is damaged`;
    throw new TokenNotOpened('not_for_this_connector', message, { cause: error });
  }
}

/** Rotation of one token: sealed anew with the newest key; null when it is already. */
export async function resealToken(
  keys: readonly [NamedKey, ...NamedKey[]],
  sealed: SealedToken,
  binding: TokenBinding,
): Promise<SealedToken | null> {
  const [newest] = keys;
  if (sealedKeyId(sealed) === newest.id) return null;
  return sealToken(publicKeyOf(newest), await openToken(keys, sealed, binding), binding);
}

const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
