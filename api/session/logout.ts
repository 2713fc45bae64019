import { endSession, sessionOfRefreshToken } from '../../db/stores/sessions.js';
import { assertSameOrigin } from '../auth/same-origin.js';
import { publicEndpoint } from '../endpoint.js';
import { logout } from './logout.contract.js';

/** Works with an expired access token too, and says 204 to somebody who is not logged in. */
export const logoutEndpoint = publicEndpoint(logout, async (deps, { ctx }) => {
  const session = { db: deps.db, tx: null };
  const bearer = /^Bearer +(\S+)$/i.exec(ctx.get('authorization'))?.[1];
  const access = bearer ?? deps.cookies.read(ctx, 'access');
  const refresh = deps.cookies.read(ctx, 'refresh');
  if (bearer === undefined && (access !== undefined || refresh !== undefined)) {
    assertSameOrigin(ctx, deps.settings.publicUrl);
  }
  const ids = [
    access === undefined ? null : await deps.accessTokens.sessionOf(access),
    refresh === undefined ? null : await sessionOfRefreshToken(session, refresh),
  ];
  for (const id of ids) if (id !== null) await endSession(session, id);
  deps.cookies.clear(ctx);
  return null;
});
