import { row, rows, type Session } from '../sql.js';
import { writeAudit } from './audit.js';

/** Id of the newest audit record; 0 before the first. It only grows, unless the database becomes an older one. */
export async function newestAuditId(session: Session): Promise<number> {
  const newest = await row<{ id: string | null }>(session, 'select max(id) as id from audit_logs');
  return Number(newest?.id ?? 0);
}

/**
 * The database is an older copy of itself: the target may hold rows that it knows nothing of, and a write that it believes
 * never sent may have been. Both systems are read whole before anything is written; then markers find such rows again.
 */
export async function distrustBooks(
  session: Session,
  { lastSeen, newest }: { readonly lastSeen: number; readonly newest: number },
): Promise<void> {
  await rows(session, 'delete from cursors returning 1');
  await rows(
    session,
    `update ledger set state = 'planned', lease_until = null where state = 'claimed' returning 1`,
  );
  await writeAudit(session, [
    {
      bridgeId: null,
      runId: null,
      actor: { kind: 'system', id: null },
      action: 'database.restored',
      subject: { kind: 'installation', id: 'database' },
      version: null,
      details: { lastSeen, newest },
    },
  ]);
}
