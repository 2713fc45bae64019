import { affected, row, rows, type Session } from '../sql.js';
import { drawToken, hashToken } from './tokens.js';
import type { UserLanguage, UserRole } from './users.js';

export type ApiTokenRecord = {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly userName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const SELECT = `select t.id, t.name, t.user_id as "userId", u.name as "userName", t.created_at as "createdAt",
  t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt"
  from api_tokens t join users u on u.id = t.user_id`;

/** Tokens that were not revoked, of one user or of all. */
export const listApiTokens = (session: Session, userId: string | null): Promise<ApiTokenRecord[]> =>
  rows<ApiTokenRecord>(
    session,
    `${SELECT} where t.revoked_at is null and ($1::uuid is null or t.user_id = $1) order by t.created_at desc, t.id`,
    [userId],
  );

/** Draws a token with its user's rights (`tbt_…`); only its hash is kept, so it can be told but once. */
export async function createApiToken(
  session: Session,
  token: { readonly userId: string; readonly name: string; readonly expiresAt: Date | null },
): Promise<{ readonly item: ApiTokenRecord; readonly token: string }> {
  const drawn = drawToken('tbt_');
  const created = await row<{ id: string }>(
    session,
    'insert into api_tokens (user_id, name, hash, expires_at) values ($1, $2, $3, $4) returning id',
    [token.userId, token.name, hashToken(drawn), token.expiresAt],
  );
  const item = await row<ApiTokenRecord>(session, `${SELECT} where t.id = $1`, [created?.id]);
  if (!item) throw new Error('an inserted token must be found');
  return { item, token: drawn };
}

/**
 * Makes a token that lies in a file of this machine known, for an active admin. A file that was replaced makes the
 * token in it before useless: there is one of each name.
 */
export async function adoptApiToken(
  session: Session,
  token: { readonly userId: string; readonly name: string; readonly token: string },
): Promise<void> {
  const hash = hashToken(token.token);
  await rows(
    session,
    'update api_tokens set revoked_at = now() where name = $1 and hash <> $2 and revoked_at is null returning id',
    [token.name, hash],
  );
  await rows(
    session,
    `insert into api_tokens as t (user_id, name, hash) values ($1, $2, $3)
     on conflict (hash) do update set user_id = excluded.user_id, revoked_at = null
       where not exists (select 1 from users u where u.id = t.user_id and u.active and u.role = 'admin')
     returning id`,
    [token.userId, token.name, hash],
  );
}

/** False when there is no such token, or it is another user's. */
export const revokeApiToken = async (session: Session, id: string, userId: string | null): Promise<boolean> =>
  (await affected(
    session,
    `update api_tokens set revoked_at = now()
     where id = $1 and revoked_at is null and ($2::uuid is null or user_id = $2) returning id`,
    [id, userId],
  )) > 0;

export type TokenActor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly language: UserLanguage;
  readonly sessionId: null;
  readonly tokenId: string;
};

/** Who a token acts for; null when it is unknown, expired, revoked, or its user was deactivated. */
export async function actorOfApiToken(session: Session, token: string): Promise<TokenActor | null> {
  const found = await row<Omit<TokenActor, 'sessionId'> & { stale: boolean }>(
    session,
    `select u.id as "userId", u.name, u.email, u.role, u.language, t.id as "tokenId",
       coalesce(t.last_used_at < now() - interval '1 minute', true) as stale
     from api_tokens t join users u on u.id = t.user_id
     where t.hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) and u.active`,
    [hashToken(token)],
  );
  if (!found) return null;
  const { stale, ...actor } = found;
  // Once a minute is enough to see that a token is in use, and spares a write with each request.
  if (stale)
    await rows(session, 'update api_tokens set last_used_at = now() where id = $1 returning id', [
      actor.tokenId,
    ]);
  return { ...actor, sessionId: null };
}
