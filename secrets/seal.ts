import { bindingBytes, type TokenBinding } from './binding.js';
import type { NamedKey } from './keys.js';
import { FORMAT, INFO, suite } from './suite.js';

export type { TokenBinding } from './binding.js';

/** A sealed token as it is stored: `hpke1.<key id>.<encapsulated key>.<ciphertext>`, base64url. */
export type SealedToken = string;

/** Seals a token with a public key. Whoever has only that key cannot open it again. */
export async function sealToken(
  publicKey: NamedKey,
  token: string,
  binding: TokenBinding,
): Promise<SealedToken> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey.bytes);
  const sealed = await suite.seal(
    { recipientPublicKey, info: INFO },
    new TextEncoder().encode(token),
    bindingBytes(binding),
  );
  return [FORMAT, publicKey.id, toText(sealed.enc), toText(sealed.ct)].join('.');
}

/** Id of the key that opens it, for the column beside the token; null when it is not a sealed token. */
export function sealedKeyId(sealed: SealedToken): string | null {
  const [format, keyId, enc, ciphertext] = sealed.split('.');
  return format === FORMAT && enc !== undefined && ciphertext !== undefined ? (keyId ?? null) : null;
}

const toText = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url');
