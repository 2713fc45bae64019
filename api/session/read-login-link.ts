import { readLoginLink as findLink } from '../../db/stores/login-links.js';
import { FIRST_ADMIN_EMAIL } from '../../db/stores/users.js';
import { clientAddress } from '../auth/client-address.js';
import { publicEndpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { readLoginLink } from './read-login-link.contract.js';

export const readLoginLinkEndpoint = publicEndpoint(readLoginLink, async (deps, { body, ctx }) => {
  const address = clientAddress(ctx, deps.settings.trustedProxies);
  await deps.throttle.assertAllowed(address, 'login-link');
  const link = await findLink({ db: deps.db, tx: null }, body.token);
  if (!link) {
    await deps.throttle.failed(address, 'login-link');
    throw new Problem(
      410,
      'link-used',
      'This link was used already or has expired; ask an admin for a new one',
    );
  }
  const named = link.email !== FIRST_ADMIN_EMAIL;
  const [email, name] = named ? [link.email, link.name] : [null, null];
  return { role: link.role, email, name, expiresAt: link.expiresAt.toISOString() };
});
