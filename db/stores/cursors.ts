import { affected, row, rows, type Session } from '../sql.js';

/** Where reading a connector continues; null before the first complete reading. */
export async function readCursor(
  session: Session,
  connectorId: string,
  name: string,
): Promise<string | null> {
  const found = await row<{ value: string }>(
    session,
    'select value from cursors where connector_id = $1 and name = $2',
    [connectorId, name],
  );
  return found?.value ?? null;
}

/** Moves a cursor, only ever after all of its pages were stored, and never backwards. */
export async function moveCursor(
  session: Session,
  connectorId: string,
  name: string,
  value: string,
): Promise<void> {
  await rows(
    session,
    `insert into cursors as c (connector_id, name, value) values ($1, $2, $3)
     on conflict (connector_id, name) do update set value = excluded.value, updated_at = now()
     where c.value < excluded.value returning 1`,
    [connectorId, name, value],
  );
}

/** Everything is read again: what was stored was read by other rules. */
export const forgetCursor = (session: Session, connectorId: string, name: string): Promise<number> =>
  affected(session, 'delete from cursors where connector_id = $1 and name = $2 returning 1', [
    connectorId,
    name,
  ]);
