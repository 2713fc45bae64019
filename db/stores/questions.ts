import { row, rows, type Session } from '../sql.js';

export type NewQuestion = {
  readonly id: string;
  readonly conflictId: string;
  readonly userId: string;
  readonly userName: string;
  readonly text: string;
  readonly until: string | null;
};

/** A question, with whom and where to ask it; the case is open. */
export type Question = Omit<NewQuestion, 'until'> & {
  readonly until: Date | null;
  /** Whether its note is known to be in the ticket. */
  readonly asked: boolean;
  readonly bridgeId: string;
  readonly version: string;
  readonly sourceConnectorId: string;
  /** Null where the case is about no single ticket. */
  readonly ticketId: string | null;
  /** Articles of the ticket when it was last read. */
  readonly articleCount: number | null;
  readonly personId: string | null;
  readonly personName: string | null;
};

/** Keeps a question; the same again stays as it was. @returns false when the id stands for another question already */
export async function storeQuestion(session: Session, question: NewQuestion): Promise<boolean> {
  const { id, conflictId, userId, userName, text, until } = question;
  await rows(
    session,
    `insert into questions (id, conflict_id, user_id, user_name, text, until) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing returning 1`,
    [id, conflictId, userId, userName, text, until],
  );
  const same = await row(
    session,
    'select 1 from questions where id = $1 and conflict_id = $2 and user_id = $3 and text = $4',
    [id, conflictId, userId, text],
  );
  return same !== undefined;
}

/** Undefined when its case is not open any more. */
export const openQuestion = (session: Session, id: string): Promise<Question | undefined> =>
  row<Question>(
    session,
    `select q.id, q.conflict_id as "conflictId", q.user_id as "userId", q.user_name as "userName", q.text, q.until,
       q.asked_at is not null as asked, c.bridge_id as "bridgeId", c.version,
       b.source_connector_id as "sourceConnectorId", c.ticket_id as "ticketId", t.article_count as "articleCount",
       c.person_id as "personId", c.person_name as "personName"
     from questions q join conflicts c on c.id = q.conflict_id and c.state = 'open' join bridges b on b.id = c.bridge_id
     left join tickets t on t.connector_id = b.source_connector_id and t.ticket_id = c.ticket_id
     where q.id = $1`,
    [id],
  );

/** @returns whether that is news */
export async function noteAsked(session: Session, id: string): Promise<boolean> {
  const noted = await row(
    session,
    'update questions set asked_at = now() where id = $1 and asked_at is null returning 1',
    [id],
  );
  return noted !== undefined;
}
