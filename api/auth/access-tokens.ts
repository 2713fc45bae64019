import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** A key of the API with the name that tokens carry (`kid`). */
export type SigningKey = { readonly id: string; readonly bytes: Uint8Array };

export type AccessTokens = {
  issue(sessionId: string): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** The session a valid token is for; null for anything else. */
  sessionOf(token: string): Promise<string | null>;
};

/** Short, because a copied token works until then; the session itself is looked up with each request. */
export const ACCESS_TOKEN_SECONDS = 10 * 60;
const ISSUER = 'timebridge';
const AUDIENCE = 'timebridge-api';
const TYPE = 'at+jwt';

/** Signs with the first key and accepts all, so that keys can be rotated while people work. */
export function createAccessTokens(keys: readonly SigningKey[]): AccessTokens {
  const secrets = new Map(keys.map((key) => [key.id, signingSecret(key)]));
  const [newest] = keys;
  if (!newest) throw new Error('The API needs at least one key; "timebridge keys new" prints one');
  return {
    issue: async (sessionId) => {
      const expiresAt = new Date(Date.now() + ACCESS_TOKEN_SECONDS * 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', kid: newest.id, typ: TYPE })
        .setSubject(sessionId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(signingSecret(newest));
      return { token, expiresAt };
    },
    sessionOf: async (token) => {
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => secretFor(secrets, kid), {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
        });
        return payload.sub ?? null;
      } catch {
        return null; // expired, forged or for somebody else: to the caller all the same
      }
    },
  };
}

/** Each use of a key gets a secret of its own. */
const signingSecret = (key: SigningKey): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key.bytes, new Uint8Array(), 'timebridge access tokens', 32));

function secretFor(secrets: ReadonlyMap<string, Uint8Array>, kid: string | undefined): Uint8Array {
  const secret = secrets.get(kid ?? '');
  if (!secret) throw new Error('no such key');
  return secret;
}
