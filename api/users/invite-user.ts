import { writeAudit } from '../../db/stores/audit.js';
import { createUser } from '../../db/stores/users.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { inviteUser } from './invite-user.contract.js';
import { oneTimeLinkFor } from './one-time-link.js';
import { presentUser } from './present-user.js';

export const inviteUserEndpoint = endpoint(inviteUser, (deps, { body, actor }) =>
  inTransaction(deps.db, async (session) => {
    const { email, name, role, language = 'de' } = body;
    const user = await createUser(session, { email, name, role, language, passwordHash: null });
    if (!user) {
      throw new Problem(409, 'email-taken', `A user with the e-mail address ${email} exists already`, {
        field: 'email',
      });
    }
    const details = { role };
    await writeAudit(session, [
      didBy(actor, { action: 'user.invited', subject: { kind: 'user', id: user.id }, details }),
    ]);
    return { user: presentUser(user), link: await oneTimeLinkFor(session, user, deps.settings.publicUrl) };
  }),
);
