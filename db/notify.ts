import { rows, type Session } from './sql.js';

/** What open screens may need to read again. */
export const TOPICS = ['conflicts', 'runs', 'connectors', 'bridges'] as const;
export type Topic = (typeof TOPICS)[number];

/** The one channel; PostgreSQL delivers it when the transaction commits. */
export const CHANGE_CHANNEL = 'timebridge_changes';

/** A payload may have 7,999 bytes; with more ids than this the screen reads the topic anew. */
const MAX_IDS = 100;

export type Change = { readonly topic: Topic; readonly ids: readonly string[] };

/** Tells every API process that rows of a topic changed. Ids only, never contents; `ids` empty means "many". */
export async function notifyChange(session: Session, topic: Topic, ids: readonly string[]): Promise<void> {
  const change: Change = { topic, ids: ids.length > MAX_IDS ? [] : ids };
  await rows(session, 'select pg_notify($1, $2)', [CHANGE_CHANNEL, JSON.stringify(change)]);
}
