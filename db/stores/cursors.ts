import { affected, row, rows, type Session } from '../sql.js';

/**
 * Where reading a connector continues, by the server's clock, and how far that clock was ahead of ours when it was set;
 * null when a release set it that did not note this.
 */
export type Cursor = { readonly value: string; readonly aheadMs: number | null };

/** Null before the first complete reading. */
export async function readCursor(
  session: Session,
  connectorId: string,
  name: string,
): Promise<Cursor | null> {
  const found = await row<Cursor>(
    session,
    'select value, ahead_ms::float8 as "aheadMs" from cursors where connector_id = $1 and name = $2',
    [connectorId, name],
  );
  return found ?? null;
}

/** A clock that is set back by more than this is no matter of the network. */
const SET_BACK_MS = 60_000;

/**
 * Moves a cursor, only ever after all of its pages were stored. Of two readings side by side the one that began later
 * stands; backwards it goes only with the server's clock.
 */
export async function moveCursor(
  session: Session,
  connectorId: string,
  name: string,
  { value, aheadMs }: Cursor,
): Promise<void> {
  await rows(
    session,
    `insert into cursors as c (connector_id, name, value, ahead_ms) values ($1, $2, $3, $4)
     on conflict (connector_id, name) do update set value = excluded.value, ahead_ms = excluded.ahead_ms, updated_at = now()
     where c.value < excluded.value or c.ahead_ms is null or excluded.ahead_ms < c.ahead_ms - $5 returning 1`,
    [connectorId, name, value, aheadMs, SET_BACK_MS],
  );
}

/** Everything is read again: what was stored was read by other rules. */
export const forgetCursor = (session: Session, connectorId: string, name: string): Promise<number> =>
  affected(session, 'delete from cursors where connector_id = $1 and name = $2 returning 1', [
    connectorId,
    name,
  ]);
