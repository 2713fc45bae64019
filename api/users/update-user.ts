import { writeAudit } from '../../db/stores/audit.js';
import { endSessionsOf } from '../../db/stores/sessions.js';
import { findUser, lockAdmins, updateUser as changeUser } from '../../db/stores/users.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { changedMembers, didBy } from '../audit-record.js';
import type { BodyOf } from '../contract.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { presentUser } from './present-user.js';
import { updateUser } from './update-user.contract.js';

export const updateUserEndpoint = endpoint(updateUser, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    await assertAdminLeft(session, params.userId, body);
    const before = await findUser(session, params.userId);
    const user = await changeUser(session, params.userId, body);
    if (!before || !user) throw notFound('user');
    if (!user.active) await endSessionsOf(session, user.id, null);
    const details = changedMembers({ ...before }, { ...body });
    await writeAudit(session, [
      didBy(actor, { action: 'user.changed', subject: { kind: 'user', id: user.id }, details }),
    ]);
    return { user: presentUser(user) };
  }),
);

/** Locks the admins first, so that two of them cannot take each other's rights at the same moment. */
async function assertAdminLeft(
  session: Session,
  userId: string,
  change: BodyOf<typeof updateUser>,
): Promise<void> {
  const staysAdmin = (change.role ?? 'admin') === 'admin' && (change.active ?? true);
  if (staysAdmin) return;
  const admins = await lockAdmins(session);
  if (!admins.includes(userId) || admins.length > 1) return;
  throw new Problem(
    409,
    'last-admin',
    'At least one active admin must remain; make somebody else an admin first',
  );
}
