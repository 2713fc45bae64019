import { createLoginLink } from '../../db/stores/login-links.js';
import type { Session } from '../../db/sql.js';
import type { UserRecord } from '../../db/stores/users.js';

const VALID_HOURS = 72;

/** The address a person opens once. The token stands behind `#`, so that no server on the way logs it. */
export async function oneTimeLinkFor(
  session: Session,
  user: Pick<UserRecord, 'id' | 'role'>,
  publicUrl: string,
): Promise<{ url: string; expiresAt: string }> {
  const link = await createLoginLink(session, { role: user.role, userId: user.id, hours: VALID_HOURS });
  return { url: `${publicUrl}/login#token=${link.token}`, expiresAt: link.expiresAt.toISOString() };
}
