import type { SourceTicket } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { notifyChange } from '../notify.js';
import { rows, type Session } from '../sql.js';
import { writeAudit } from './audit.js';
import { noteUntold } from './untold-conflicts.js';

/** What is said of a case that came back because somebody wrote in its ticket. */
const WROTE = { code: 'ticket_written', facts: {} } as const;

/**
 * Keeps how many articles tickets have. A case that was put aside until something changes comes back when its ticket has
 * more of them than then: somebody wrote something, perhaps what the case waits for. Nothing is planned anew for that.
 */
export async function noteArticles(
  session: Session,
  connectorId: string,
  tickets: readonly SourceTicket[],
  readAt: Instant,
): Promise<void> {
  const counted = tickets.filter(({ articleCount }) => articleCount !== null);
  if (counted.length === 0) return;
  const grown = await rows<{ ticket_id: string }>(
    session,
    `update tickets t set article_count = u.article_count, read_at = $2::timestamptz
     from unnest($3::text[], $4::int[]) as u (ticket_id, article_count)
     where t.connector_id = $1 and t.ticket_id = u.ticket_id and t.read_at <= $2::timestamptz
       and t.article_count is distinct from u.article_count returning t.ticket_id`,
    [
      connectorId,
      readAt,
      counted.map(({ ticketId }) => ticketId),
      counted.map(({ articleCount }) => articleCount),
    ],
  );
  if (grown.length > 0)
    await wake(
      session,
      connectorId,
      grown.map((row) => row.ticket_id),
    );
}

async function wake(session: Session, connectorId: string, ticketIds: readonly string[]): Promise<void> {
  const woken = await rows<{ id: string; bridge_id: string; version: string }>(
    session,
    `with asleep as (
       select c.id from conflicts c join bridges b on b.id = c.bridge_id
       join tickets t on t.connector_id = b.source_connector_id and t.ticket_id = c.ticket_id
       where b.source_connector_id = $1 and c.ticket_id = any($2::text[]) and c.state = 'open'
         and c.snoozed_until_change and t.article_count > c.snoozed_articles
       order by c.id for update of c)
     update conflicts c set snoozed_until = null, snoozed_until_change = false, snoozed_articles = null,
       listed_since = now(), updated_at = now(), reopened_why = $3::jsonb
     from asleep where c.id = asleep.id returning c.id, c.bridge_id, c.version`,
    [connectorId, [...ticketIds], JSON.stringify(WROTE)],
  );
  if (woken.length === 0) return;
  const ids = woken.map(({ id }) => id);
  await writeAudit(
    session,
    woken.map(({ id, bridge_id, version }) => ({
      ...{ bridgeId: bridge_id, runId: null, actor: { kind: 'system', id: null }, version },
      ...{ action: 'conflict.woken', subject: { kind: 'conflict', id }, details: {} },
    })),
  );
  await noteUntold(session, ids);
  await notifyChange(session, 'conflicts', ids);
}
