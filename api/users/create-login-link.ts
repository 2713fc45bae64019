import { writeAudit } from '../../db/stores/audit.js';
import { findUser } from '../../db/stores/users.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { createUserLoginLink } from './create-login-link.contract.js';
import { oneTimeLinkFor } from './one-time-link.js';

export const createUserLoginLinkEndpoint = endpoint(createUserLoginLink, (deps, { params, actor }) =>
  inTransaction(deps.db, async (session) => {
    const user = await findUser(session, params.userId);
    if (!user) throw notFound('user');
    if (!user.active)
      throw new Problem(409, 'user-inactive', `${user.name} is deactivated; activate the user first`);
    await writeAudit(session, [
      didBy(actor, { action: 'user.link_made', subject: { kind: 'user', id: user.id } }),
    ]);
    return { link: await oneTimeLinkFor(session, user, deps.settings.publicUrl) };
  }),
);
