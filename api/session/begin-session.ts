import { openSession } from '../../db/stores/sessions.js';
import { findUser, recordLogin } from '../../db/stores/users.js';
import type { Session } from '../../db/sql.js';
import type { ApiDeps } from '../deps.js';
import type { RequestContext } from '../http/request-state.js';
import { presentMe } from './present-me.js';
import type { Me } from './session-shape.contract.js';

export type SessionReply = { accessToken: string; expiresAt: string; user: Me };
type Opened = { readonly sessionId: string; readonly refreshToken: string; readonly expiresAt: Date };

/** Opens a session for somebody who has just proved who they are. */
export async function beginSession(
  deps: ApiDeps,
  session: Session,
  ctx: RequestContext,
  userId: string,
): Promise<SessionReply> {
  const opened = await openSession(session, userId, ctx.get('user-agent') || null);
  await recordLogin(session, userId);
  return handOver(deps, session, ctx, userId, opened);
}

/** Sets both cookies and makes the answer of a login or a renewal. */
export async function handOver(
  deps: ApiDeps,
  session: Session,
  ctx: RequestContext,
  userId: string,
  { sessionId, refreshToken, expiresAt }: Opened,
): Promise<SessionReply> {
  const user = await findUser(session, userId);
  if (!user) throw new Error(`user ${userId} of a session must be there`);
  const access = await deps.accessTokens.issue(sessionId);
  deps.cookies.write(ctx, 'access', access.token, access.expiresAt);
  deps.cookies.write(ctx, 'refresh', refreshToken, expiresAt);
  return { accessToken: access.token, expiresAt: access.expiresAt.toISOString(), user: presentMe(user) };
}
