import { writeAudit } from '../../db/stores/audit.js';
import { endSessionsOf } from '../../db/stores/sessions.js';
import { readPasswordHash, updateUser } from '../../db/stores/users.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import type { Actor } from '../auth/actor.js';
import { clientAddress } from '../auth/client-address.js';
import type { BodyOf } from '../contract.js';
import type { ApiDeps } from '../deps.js';
import { endpoint } from '../endpoint.js';
import type { RequestContext } from '../http/request-state.js';
import { invalidField, notFound } from '../http/problem.js';
import { presentMe } from './present-me.js';
import { updateMe } from './update-me.contract.js';

export const updateMeEndpoint = endpoint(updateMe, async (deps, { body, actor, ctx }) => {
  const { name, language, password } = body;
  if (password !== undefined) await assertKnowsPassword(deps, ctx, actor, body);
  const passwordHash = password === undefined ? undefined : await deps.passwords.hash(password);
  const user = await inTransaction(deps.db, async (session) => {
    const changed = await updateUser(session, actor.userId, { name, language, passwordHash });
    if (!changed) throw notFound('user');
    if (passwordHash !== undefined) {
      await endSessionsOf(session, actor.userId, actor.sessionId);
      await writeAudit(session, [
        didBy(actor, { action: 'user.password_changed', subject: { kind: 'user', id: actor.userId } }),
      ]);
    }
    return changed;
  });
  return { user: presentMe(user) };
});

/** An open browser must not be enough to take an account over. */
async function assertKnowsPassword(
  deps: ApiDeps,
  ctx: RequestContext,
  actor: Actor,
  body: BodyOf<typeof updateMe>,
): Promise<void> {
  const address = clientAddress(ctx, deps.settings.trustedProxies);
  await deps.throttle.assertAllowed(address, actor.email);
  const stored = await readPasswordHash({ db: deps.db, tx: null }, actor.userId);
  if (await deps.passwords.matches(stored, body.currentPassword ?? '')) return;
  await deps.throttle.failed(address, actor.email);
  throw invalidField('currentPassword', 'wrong', 'currentPassword must be the password you have now');
}
