import { actorOfSession } from '../../db/stores/sessions.js';
import { actorOfApiToken } from '../../db/stores/api-tokens.js';
import { ROLES, type Access, type Role } from '../contract.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../http/problem.js';
import type { RequestContext } from '../http/request-state.js';
import type { Actor } from './actor.js';
import { assertSameOrigin } from './same-origin.js';

type AuthDeps = Pick<ApiDeps, 'db' | 'accessTokens' | 'cookies' | 'settings'>;

const READ_ONLY = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whoever calls, if the role is enough. @throws Problem 401 without a valid token, 403 when the role is too low */
export async function authorize(deps: AuthDeps, access: Access, ctx: RequestContext): Promise<Actor> {
  const actor = await authenticate(deps, ctx);
  if (access !== 'public' && !mayActAs(actor.role, access)) {
    throw new Problem(403, 'role-too-low', `This needs the role ${access}; yours is ${actor.role}`, {
      needs: access,
    });
  }
  ctx.state.actor = actor;
  return actor;
}

/** Roles include those before them: viewer, approver, admin. */
export const mayActAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

async function authenticate(deps: AuthDeps, ctx: RequestContext): Promise<Actor> {
  const bearer = /^Bearer +(\S+)$/i.exec(ctx.get('authorization'))?.[1];
  const cookie = bearer === undefined ? deps.cookies.read(ctx, 'access') : undefined;
  const token = bearer ?? cookie;
  if (token === undefined)
    throw unauthorized('session-missing', 'Log in, or send an API token as Authorization: Bearer');
  if (cookie !== undefined && !READ_ONLY.has(ctx.method)) assertSameOrigin(ctx, deps.settings.publicUrl);
  const actor = await actorOf(deps, token);
  if (!actor) throw unauthorized('session-expired', 'The session or token is expired, revoked or unknown');
  return actor;
}

async function actorOf({ db, accessTokens }: AuthDeps, token: string): Promise<Actor | null> {
  const isAccessToken = token.split('.').length === 3; // a JWT; API tokens have no dots
  if (!isAccessToken) return actorOfApiToken({ db, tx: null }, token);
  const sessionId = await accessTokens.sessionOf(token);
  return sessionId === null ? null : actorOfSession({ db, tx: null }, sessionId);
}

const unauthorized = (code: string, message: string) =>
  new Problem(401, code, message, {}, { 'WWW-Authenticate': 'Bearer realm="timebridge"' });
