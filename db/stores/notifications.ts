import { rows, type Session } from '../sql.js';

/** Keeps something that people are to be told of, once it is sent. */
export async function storeNotification(session: Session, kind: string, facts: unknown): Promise<void> {
  await rows(session, 'insert into notifications (kind, facts) values ($1, $2::jsonb) returning 1', [
    kind,
    JSON.stringify(facts),
  ]);
}
