import type { webcrypto } from 'node:crypto';

declare global {
  /** The HPKE library names the browser's type; in Node it lives in node:crypto. */
  type CryptoKey = webcrypto.CryptoKey;
}
