import { rows, type Session } from '../sql.js';

/** A case whose process has not heard yet that the row moved; `since` is the note itself, as text. */
export type Untold = { readonly id: string; readonly since: string };

/** Notes, in the transaction that moves the rows, that the cases' processes have to be told. */
export async function noteUntold(session: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await rows(session, 'update conflicts set untold_since = now() where id = any($1::bigint[]) returning 1', [
    [...ids],
  ]);
}

/**
 * Whom nobody told yet, who waits longest first: of these cases, or of all. Asked each second, mostly in vain; in the
 * order of the key the planner might pass all cases to find none.
 */
export const untoldConflicts = (
  session: Session,
  of: { readonly ids: readonly string[] | null; readonly bridgeId: string | null },
  limit: number,
): Promise<Untold[]> =>
  rows<Untold>(
    session,
    `select id, untold_since::text as since from conflicts where untold_since is not null
       and ($1::bigint[] is null or id = any($1)) and ($2::text is null or bridge_id = $2) order by untold_since, id limit $3`,
    [of.ids === null ? null : [...of.ids], of.bridgeId, limit],
  );

/** Told. A note that was made anew meanwhile stays. */
export async function noteTold(session: Session, told: readonly Untold[]): Promise<void> {
  await rows(
    session,
    `update conflicts c set untold_since = null from unnest($1::bigint[], $2::text[]) as t (id, since)
     where c.id = t.id and c.untold_since = t.since::timestamptz returning 1`,
    [told.map(({ id }) => id), told.map(({ since }) => since)],
  );
}
