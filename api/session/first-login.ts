import { writeAudit } from '../../db/stores/audit.js';
import { markLoginLinkUsed, readLoginLink, type OpenLink } from '../../db/stores/login-links.js';
import { endSessionsOf } from '../../db/stores/sessions.js';
import { createUser, FIRST_ADMIN_EMAIL, updateUser } from '../../db/stores/users.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { clientAddress } from '../auth/client-address.js';
import type { BodyOf } from '../contract.js';
import { publicEndpoint } from '../endpoint.js';
import { invalidField, invalidInput, Problem, type Issue } from '../http/problem.js';
import { beginSession } from './begin-session.js';
import { firstLogin } from './first-login.contract.js';

type Body = BodyOf<typeof firstLogin>;

export const firstLoginEndpoint = publicEndpoint(firstLogin, async (deps, { body, ctx }) => {
  const address = clientAddress(ctx, deps.settings.trustedProxies);
  await deps.throttle.assertAllowed(address, 'login-link');
  const passwordHash = await deps.passwords.hash(body.password);
  const reply = await inTransaction(deps.db, async (session) => {
    const link = await readLoginLink(session, body.token);
    if (!link) return null;
    const userId = await useLink(session, link, body, passwordHash);
    await markLoginLinkUsed(session, body.token);
    await endSessionsOf(session, userId, null);
    await auditUse(session, userId, link);
    return beginSession(deps, session, ctx, userId);
  });
  if (reply) return reply;
  await deps.throttle.failed(address, 'login-link');
  throw new Problem(
    410,
    'link-used',
    'This link was used already or has expired; ask an admin for a new one',
  );
});

async function useLink(session: Session, link: OpenLink, body: Body, passwordHash: string): Promise<string> {
  if (link.userId === null) return createFirstUser(session, link, body, passwordHash);
  const { name, email, language } = body;
  if (link.email === FIRST_ADMIN_EMAIL) return nameFirstAdmin(session, link.userId, body, passwordHash);
  if (email !== undefined && email.toLowerCase() !== link.email?.toLowerCase()) {
    throw invalidField(
      'email',
      'fixed',
      `email must be left out or be ${link.email ?? 'that of the invitation'}`,
    );
  }
  await updateUser(session, link.userId, { name, language, passwordHash });
  return link.userId;
}

/** The first admin exists from the first start on (the command line acts for it) and says now who it is. */
async function nameFirstAdmin(
  session: Session,
  userId: string,
  body: Body,
  passwordHash: string,
): Promise<string> {
  const { name, email, language } = body;
  if (name === undefined || email === undefined) throw nameAndEmailMissing(name, email);
  await updateUser(session, userId, { name, email, language, passwordHash });
  return userId;
}

async function createFirstUser(
  session: Session,
  link: OpenLink,
  body: Body,
  passwordHash: string,
): Promise<string> {
  const { name, email, language = 'de' } = body;
  if (name === undefined || email === undefined) throw nameAndEmailMissing(name, email);
  const created = await createUser(session, { name, email, language, role: link.role, passwordHash });
  if (!created)
    throw invalidField('email', 'taken', 'email is in use by another user; log in with it instead');
  return created.id;
}

const nameAndEmailMissing = (name: string | undefined, email: string | undefined) =>
  invalidInput([...missing('name', name), ...missing('email', email)]);

const missing = (path: string, value: string | undefined): Issue[] =>
  value === undefined ? [{ in: 'body', path, rule: 'required', message: `${path} is a required field` }] : [];

const auditUse = (session: Session, userId: string, link: OpenLink) =>
  writeAudit(session, [
    didBy(
      { userId },
      {
        action: 'user.link_used',
        subject: { kind: 'user', id: userId },
        details: { role: link.role, invited: link.userId !== null },
      },
    ),
  ]);
