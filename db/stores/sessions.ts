import { inTransaction, row, rows, type Session } from '../sql.js';
import { drawToken, hashToken } from './tokens.js';
import type { UserLanguage, UserRole } from './users.js';
import type { Sequelize } from 'sequelize';

/** A session ends for good after this, whatever its user does. */
const SESSION_DAYS = 30;
/** …and when nobody renewed it for this long. */
const IDLE_DAYS = 7;
/** Two tabs may renew at the same moment: the predecessor counts for this long after its use. */
const GRACE_SECONDS = 10;

export type OpenedSession = {
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
};

export async function openSession(
  session: Session,
  userId: string,
  userAgent: string | null,
): Promise<OpenedSession> {
  const opened = await row<{ id: string }>(
    session,
    `insert into sessions (user_id, user_agent, expires_at) values ($1, left($2, 300), now() + $3 * interval '1 day')
     returning id`,
    [userId, userAgent, SESSION_DAYS],
  );
  if (!opened) throw new Error('an inserted session must be returned');
  return { sessionId: opened.id, ...(await nextRefreshToken(session, opened.id)) };
}

async function nextRefreshToken(session: Session, sessionId: string) {
  const refreshToken = drawToken('tbr_');
  const stored = await row<{ expiresAt: Date }>(
    session,
    `insert into refresh_tokens (hash, session_id, expires_at)
     select $1, id, least(expires_at, now() + $3 * interval '1 day') from sessions where id = $2
     returning expires_at as "expiresAt"`,
    [hashToken(refreshToken), sessionId, IDLE_DAYS],
  );
  if (!stored) throw new Error('an inserted refresh token must be returned');
  return { refreshToken, expiresAt: stored.expiresAt };
}

export type Renewal =
  | ({ readonly outcome: 'renewed'; readonly userId: string } & OpenedSession)
  /** Unknown, expired, or its session ended. */
  | { readonly outcome: 'ended' }
  /** Used before: somebody has a copy, so the whole session ended now. */
  | { readonly outcome: 'reused'; readonly sessionId: string };

/** Changes a refresh token for the next one; each is good for one renewal. */
export const renewSession = (db: Sequelize, refreshToken: string): Promise<Renewal> =>
  // The outcome is returned, not thrown: a throw would roll back the end of a stolen session.
  inTransaction(db, async (session) => {
    const known = await row<{
      sessionId: string;
      userId: string;
      usable: boolean;
      used: boolean;
      late: boolean;
    }>(
      session,
      `select s.id as "sessionId", s.user_id as "userId",
         (s.revoked_at is null and s.expires_at > now() and t.expires_at > now() and u.active) as usable,
         t.used_at is not null as used, coalesce(t.used_at < now() - $2 * interval '1 second', false) as late
       from refresh_tokens t join sessions s on s.id = t.session_id join users u on u.id = s.user_id
       where t.hash = $1 for update of t`,
      [hashToken(refreshToken), GRACE_SECONDS],
    );
    if (!known?.usable) return { outcome: 'ended' };
    if (known.late) {
      await endSession(session, known.sessionId);
      return { outcome: 'reused', sessionId: known.sessionId };
    }
    if (!known.used) {
      await rows(session, 'update refresh_tokens set used_at = now() where hash = $1 returning 1', [
        hashToken(refreshToken),
      ]);
    }
    const next = await nextRefreshToken(session, known.sessionId);
    return { outcome: 'renewed', sessionId: known.sessionId, userId: known.userId, ...next };
  });

/** The session that a refresh token belongs to; for the logout, which may come with an expired access token. */
export async function sessionOfRefreshToken(session: Session, refreshToken: string): Promise<string | null> {
  const found = await row<{ id: string }>(
    session,
    'select session_id as id from refresh_tokens where hash = $1',
    [hashToken(refreshToken)],
  );
  return found?.id ?? null;
}

/** From now on nothing of the session is accepted any more. */
export async function endSession(session: Session, sessionId: string): Promise<void> {
  await rows(
    session,
    'update sessions set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id',
    [sessionId],
  );
}

/** Ends all sessions of a user, but one if it is named. */
export async function endSessionsOf(session: Session, userId: string, except: string | null): Promise<void> {
  await rows(
    session,
    `update sessions set revoked_at = now()
     where user_id = $1 and revoked_at is null and ($2::uuid is null or id <> $2) returning id`,
    [userId, except],
  );
}

export type SessionActor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly language: UserLanguage;
  readonly sessionId: string;
  readonly tokenId: null;
};

const LIVE = 's.revoked_at is null and s.expires_at > now() and u.active';

/** Who a session is of; null once it has ended or its user was deactivated. */
export async function actorOfSession(session: Session, sessionId: string): Promise<SessionActor | null> {
  const found = await row<Omit<SessionActor, 'tokenId'>>(
    session,
    `select u.id as "userId", u.name, u.email, u.role, u.language, s.id as "sessionId"
     from sessions s join users u on u.id = s.user_id where s.id = $1 and ${LIVE}`,
    [sessionId],
  );
  return found ? { ...found, tokenId: null } : null;
}

/** Those of the given sessions that have not ended. */
export async function liveSessions(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const live = await rows<{ id: string }>(
    session,
    `select s.id from sessions s join users u on u.id = s.user_id where s.id = any($1::uuid[]) and ${LIVE}`,
    [ids],
  );
  return new Set(live.map((found) => found.id));
}
