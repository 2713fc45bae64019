import { rows, type Session } from '../sql.js';

/** Of these tickets, those whose own sum is not the sum of the entries we hold: an entry was deleted or moved. */
export async function ticketsOutOfSum(
  session: Session,
  connectorId: string,
  ticketIds: readonly string[],
): Promise<string[]> {
  const found = await rows<{ ticket_id: string }>(
    session,
    `select t.ticket_id from tickets t where t.connector_id = $1 and t.ticket_id = any($2::text[])
       and coalesce(t.unit_sum, '0')::numeric <> (
         select coalesce(sum(e.unit_text::numeric), 0) from time_entries e
         where e.connector_id = $1 and e.ticket_id = t.ticket_id and e.deleted_at is null
           and e.unit_text ~ '^-?[0-9]+([.][0-9]+)?$')
     order by t.ticket_id`,
    [connectorId, [...ticketIds]],
  );
  return found.map((r) => r.ticket_id);
}

/** Tickets that entries name and we never read. */
export async function unknownTickets(session: Session, connectorId: string): Promise<string[]> {
  const found = await rows<{ ticket_id: string }>(
    session,
    `select distinct e.ticket_id from time_entries e
     where e.connector_id = $1 and e.deleted_at is null and e.ticket_id <> ''
       and not exists (select 1 from tickets t where t.connector_id = $1 and t.ticket_id = e.ticket_id)
     order by e.ticket_id`,
    [connectorId],
  );
  return found.map((r) => r.ticket_id);
}
