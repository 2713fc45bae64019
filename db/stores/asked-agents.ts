import { row, type Session } from '../sql.js';

/** An open case, with whom and where to ask about it. */
export type ConflictToAsk = {
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

/** Undefined when there is no such case, or it is not open any more. */
export const conflictToAsk = (session: Session, id: string): Promise<ConflictToAsk | undefined> =>
  row<ConflictToAsk>(
    session,
    `select c.bridge_id as "bridgeId", c.version, b.source_connector_id as "sourceConnectorId", c.ticket_id as "ticketId",
       t.article_count as "articleCount", c.person_id as "personId", c.person_name as "personName"
     from conflicts c join bridges b on b.id = c.bridge_id
     left join tickets t on t.connector_id = b.source_connector_id and t.ticket_id = c.ticket_id
     where c.id = $1 and c.state = 'open'`,
    [id],
  );

/** Whether the trail holds this question already. */
export async function wasAsked(
  session: Session,
  { conflictId, askId }: { readonly conflictId: string; readonly askId: string },
): Promise<boolean> {
  const found = await row(
    session,
    `select 1 from audit_logs a join audit_details d on d.audit_id = a.id
     where a.subject_kind = 'conflict' and a.subject_id = $1 and a.action = 'conflict.asked' and d.details ->> 'askId' = $2`,
    [conflictId, askId],
  );
  return found !== undefined;
}
