import { row, rows, type Session } from '../sql.js';
import { drawToken, hashToken } from './tokens.js';
import type { UserRole } from './users.js';

export type LoginLink = { readonly token: string; readonly expiresAt: Date };

/**
 * Draws a one-time link's token: for an invited user, or for nobody yet (the first admin), who then says name and
 * e-mail address. Links made before for the same user (or for nobody) end with it.
 */
export async function createLoginLink(
  session: Session,
  link: { readonly role: UserRole; readonly userId: string | null; readonly hours: number },
): Promise<LoginLink> {
  await rows(
    session,
    'update login_links set used_at = now() where used_at is null and user_id is not distinct from $1 returning 1',
    [link.userId],
  );
  const token = drawToken('tbl_');
  const created = await row<{ expiresAt: Date }>(
    session,
    `insert into login_links (hash, user_id, role, expires_at) values ($1, $2, $3, now() + $4 * interval '1 hour')
     returning expires_at as "expiresAt"`,
    [hashToken(token), link.userId, link.role, link.hours],
  );
  if (!created) throw new Error('an inserted link must be returned');
  return { token, expiresAt: created.expiresAt };
}

export type OpenLink = {
  readonly role: UserRole;
  readonly userId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly expiresAt: Date;
};

/** What a link is for; null when it is unknown, used or expired. Inside a transaction it is locked. */
export async function readLoginLink(session: Session, token: string): Promise<OpenLink | null> {
  const found = await row<OpenLink>(
    session,
    `select l.role, l.user_id as "userId", u.email, u.name, l.expires_at as "expiresAt"
     from login_links l left join users u on u.id = l.user_id
     where l.hash = $1 and l.used_at is null and l.expires_at > now() and coalesce(u.active, true)
     ${session.tx ? 'for update of l' : ''}`,
    [hashToken(token)],
  );
  return found ?? null;
}

/** Call it in the transaction that locked the link by `readLoginLink`. */
export async function markLoginLinkUsed(session: Session, token: string): Promise<void> {
  await rows(session, 'update login_links set used_at = now() where hash = $1 returning 1', [
    hashToken(token),
  ]);
}
