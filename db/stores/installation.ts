import { affected, row, rows, type Session } from '../sql.js';

/** Cause of the pause of every bridge when the database is a copy. */
export const COPIED = 'installation_copied';

/**
 * Compares the installation of the data folder with the database's own (design.md, "Data"). A new database takes the
 * folder's; when they differ, one of them is a copy or a restore, and every bridge pauses until an admin confirms.
 * Returns whether they belong together.
 */
export async function checkInstallation(session: Session, installationId: string): Promise<boolean> {
  await rows(
    session,
    `insert into installation (installation_id) values ($1::uuid) on conflict do nothing returning 1`,
    [installationId],
  );
  const same = await affected(
    session,
    'update installation set seen_id = null where installation_id = $1::uuid returning 1',
    [installationId],
  );
  if (same === 1) return true;
  await rows(session, 'update installation set seen_id = $1::uuid returning 1', [installationId]);
  await rows(
    session,
    `update bridges set paused_cause = jsonb_build_object('code', $1::text, 'facts', '{}'::jsonb), updated_at = now()
     where paused_cause is null returning 1`,
    [COPIED],
  );
  return false;
}

/** The folder seen last becomes the database's own, and what was paused for it goes on; null when nothing differs. */
export async function confirmInstallation(
  session: Session,
): Promise<{ readonly installationId: string; readonly bridges: number } | null> {
  const confirmed = await row<{ id: string }>(
    session,
    `update installation set installation_id = seen_id, seen_id = null where seen_id is not null
     returning installation_id as id`,
  );
  if (!confirmed) return null;
  const bridges = await affected(
    session,
    `update bridges set paused_cause = null, updated_at = now() where paused_cause ->> 'code' = $1 returning 1`,
    [COPIED],
  );
  return { installationId: confirmed.id, bridges };
}
