import type { Caller } from './caller.js';
import { userCan } from './caller.js';
import { forbidden, unauthenticated } from './errors.js';
import type { TokenRow, UserRow, ZammadWorld } from './world.js';

const INACTIVE =
  'Login failed. Have you double-checked your credentials and completed the email verification step?';

type Credentials = { readonly form: 'Token' | 'Bearer'; readonly token: string };

/** Reads `Token token=X`, `Token token="X"`, `Token X` and `Bearer X`, as Rails' token parser does. */
export function parseToken(header: string): Credentials | null {
  const match = /^(Token|Bearer)\s+(.+)$/.exec(header);
  if (!match) return null;
  const first = (match[2] ?? '').split(/[,;\t]/)[0]?.trim() ?? '';
  const token = first.replace(/^token=/, '').replace(/^"|"$/g, '');
  return { form: match[1] === 'Bearer' ? 'Bearer' : 'Token', token };
}

function tokenOf(world: ZammadWorld, credentials: Credentials, at: string): TokenRow {
  const row = world.tokens.find((candidate) => candidate.token === credentials.token);
  const fits = row && (row.kind === 'api' || credentials.form === 'Bearer');
  if (!fits) {
    throw unauthenticated(
      credentials.form === 'Bearer' ? 'The provided token is invalid.' : "Can't find User for Token",
    );
  }
  if (row.expires_at !== null && row.expires_at <= at) {
    throw unauthenticated(
      row.kind === 'oauth' ? 'OAuth2 token is expired!' : 'Not authorized (token expired)!',
    );
  }
  return row;
}

function activeUser(world: ZammadWorld, id: number): UserRow {
  const user = world.users[id];
  if (!user) throw unauthenticated("Can't find User for Token");
  if (!user.active) throw unauthenticated(INACTIVE);
  return user;
}

function onBehalfOf(world: ZammadWorld, caller: Caller, from: string | undefined): Caller {
  if (from === undefined || from === '') return caller;
  if (!userCan(world, caller.user, 'admin.user')) {
    throw forbidden("Current user has no permission to use 'From'/'X-On-Behalf-Of'!");
  }
  const wanted = from.trim().toLowerCase();
  const user = Object.values(world.users).find(
    (row) =>
      String(row.id) === wanted || row.login.toLowerCase() === wanted || row.email?.toLowerCase() === wanted,
  );
  if (!user) throw forbidden(`No such user '${from}'`);
  return { user, tokenPermissions: caller.tokenPermissions };
}

function byToken(world: ZammadWorld, credentials: Credentials, at: string): Caller {
  if (!world.settings.api_token_access) throw forbidden('API token access disabled!');
  const row = tokenOf(world, credentials, at);
  const user = activeUser(world, row.user_id);
  row.last_used_at = at;
  return { user, tokenPermissions: row.kind === 'oauth' ? null : row.permissions };
}

function tokenCaller(world: ZammadWorld, header: string, at: string): Caller {
  const credentials = parseToken(header);
  if (!credentials) throw forbidden('Authentication required');
  return byToken(world, credentials, at);
}

/** HTTP Basic with login or e-mail and password: the user's full rights. */
function byPassword(world: ZammadWorld, encoded: string): Caller {
  if (!world.settings.api_password_access) throw forbidden('API password access disabled!');
  const pair = Buffer.from(encoded.trim(), 'base64').toString('utf8');
  const [name = '', ...rest] = pair.split(':');
  const wanted = name.toLowerCase();
  const user = Object.values(world.users).find(
    (row) => row.login.toLowerCase() === wanted || row.email?.toLowerCase() === wanted,
  );
  if (!user || user.password === null || user.password !== rest.join(':'))
    throw unauthenticated('Invalid BasicAuth credentials');
  if (user.two_factor)
    throw unauthenticated('Two-factor authentication is not supported with HTTP BasicAuth.');
  return { user: activeUser(world, user.id), tokenPermissions: null };
}

/**
 * Finds out who calls. No credentials are a 403, wrong ones a 401, maintenance a 403, as in Zammad.
 * @param headers lower-case names
 */
export function authenticate(
  world: ZammadWorld,
  headers: Readonly<Record<string, string>>,
  at: string,
): Caller {
  const header = headers['authorization'] ?? '';
  const caller = header.startsWith('Basic ')
    ? byPassword(world, header.slice(6))
    : tokenCaller(world, header, at);
  if (world.settings.maintenance_mode && !userCan(world, caller.user, 'admin.maintenance')) {
    throw forbidden('Maintenance mode enabled!');
  }
  return onBehalfOf(world, caller, headers['from'] ?? headers['x-on-behalf-of']);
}
