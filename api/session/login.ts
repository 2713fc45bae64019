import { findLogin } from '../../db/stores/users.js';
import { inTransaction } from '../../db/sql.js';
import { clientAddress } from '../auth/client-address.js';
import { publicEndpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { beginSession } from './begin-session.js';
import { login } from './login.contract.js';

export const loginEndpoint = publicEndpoint(login, async (deps, { body, ctx }) => {
  const address = clientAddress(ctx, deps.settings.trustedProxies);
  await deps.throttle.assertAllowed(address, body.email);
  const user = await findLogin({ db: deps.db, tx: null }, body.email);
  const matches = await deps.passwords.matches(user?.passwordHash ?? null, body.password);
  if (!user || !matches) {
    await deps.throttle.failed(address, body.email);
    deps.log.warn({ address, requestId: ctx.state.requestId }, 'a login was refused');
    throw new Problem(401, 'login-refused', 'E-mail address or password is wrong');
  }
  await deps.throttle.succeeded(address, body.email);
  return inTransaction(deps.db, (session) => beginSession(deps, session, ctx, user.id));
});
