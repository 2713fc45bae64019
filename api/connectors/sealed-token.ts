import type { ApiDeps, SealToken } from '../deps.js';
import { invalidField } from '../http/problem.js';

/** Seals a token as people paste it: spaces around it are not part of it. @throws Problem 422 */
export function sealedTokenOf(
  { sealToken }: Pick<ApiDeps, 'sealToken'>,
  token: string,
  binding: Parameters<SealToken>[1],
): ReturnType<SealToken> {
  const plain = token.trim();
  if (/^[\x21-\x7e]{1,512}$/.test(plain)) return sealToken(plain, binding);
  throw invalidField(
    'token',
    'token',
    'token must be the token alone: 1 to 512 visible characters without spaces',
  );
}
