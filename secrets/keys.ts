import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** 32 bytes under the name that stored values remember. Lists of keys have the newest first: it seals, all open. */
export type NamedKey = { readonly id: string; readonly bytes: Uint8Array };

/** X25519 keys: the public one seals tokens (API), the private one opens them (worker only). */
export type KeyPair = { readonly publicKey: NamedKey; readonly privateKey: NamedKey };

const KEY_BYTES = 32;
/** PKCS#8 of an X25519 private key up to its 32 bytes (RFC 8410, 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** A new pair. Its id is taken from the public key, so that the two halves find each other without a register. */
export function generateKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('x25519');
  const bytes = jwkPart(privateKey, 'd');
  const publicBytes = publicBytesOf(privateKey);
  const id = idOf(publicBytes);
  return { publicKey: { id, bytes: publicBytes }, privateKey: { id, bytes } };
}

/** The public half of a private key: what the worker needs to seal tokens anew after a rotation. */
export function publicKeyOf(privateKey: NamedKey): NamedKey {
  const der = Buffer.concat([PKCS8_PREFIX, privateKey.bytes]);
  return {
    id: privateKey.id,
    bytes: publicBytesOf(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })),
  };
}

/** A new symmetric key, for webhook secrets. */
export function generateSecretKey(): NamedKey {
  const bytes = new Uint8Array(randomBytes(KEY_BYTES));
  return { id: idOf(bytes), bytes };
}

const publicBytesOf = (privateKey: KeyObject): Uint8Array => jwkPart(createPublicKey(privateKey), 'x');

function jwkPart(key: KeyObject, part: 'x' | 'd'): Uint8Array {
  return new Uint8Array(Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url'));
}

const idOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);
