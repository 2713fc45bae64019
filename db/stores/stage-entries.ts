import type { SourceEntry, SourceTicket, UnreadableRecord } from '../../domain/staged.js';
import type { Instant } from '../../domain/time-entry.js';
import { rows, type Session } from '../sql.js';
import { NOT_OLDER } from './read-order.js';
import { noteArticles } from './ticket-articles.js';

/** What a page of facts changed: ids of our rows. */
export type Staged = { readonly changed: readonly string[] };

const column = <T, V>(items: readonly T[], pick: (item: T) => V): V[] => items.map(pick);

/** One statement may not name a row twice: the newest reading of each wins. */
function newest<T extends { readonly updatedAt: Instant }>(
  items: readonly T[],
  key: (item: T) => string,
): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const known = byKey.get(key(item));
    if (known === undefined || known.updatedAt <= item.updatedAt) byKey.set(key(item), item);
  }
  return [...byKey.values()];
}

/**
 * Stores a page of entries. An older read never overwrites a newer one, an unchanged entry is not touched, and
 * an entry that is seen again is no longer deleted. Returns the rows that are new or differ.
 */
export async function stageEntries(
  session: Session,
  connectorId: string,
  items: readonly SourceEntry[],
  readAt: Instant,
): Promise<Staged> {
  const page = newest(items, (item) => item.sourceId);
  if (page.length === 0) return { changed: [] };
  const changed = await rows<{ id: string }>(
    session,
    `insert into time_entries as t (connector_id, read_at, source_id, ticket_id, unit_text, seconds, activity_type_id,
       activity_type_name, user_id, user_name, user_email, article_id, description, entry_date, booked_at,
       source_updated_at, unreadable, tags)
     select $1, $2::timestamptz, * from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::date[], $15::timestamptz[],
       $16::timestamptz[], $17::text[], $18::jsonb[])
     on conflict (connector_id, source_id) do update set ticket_id = excluded.ticket_id, unit_text = excluded.unit_text,
       seconds = excluded.seconds, activity_type_id = excluded.activity_type_id,
       activity_type_name = excluded.activity_type_name, user_id = excluded.user_id, user_name = excluded.user_name,
       user_email = excluded.user_email, article_id = excluded.article_id, description = excluded.description,
       entry_date = excluded.entry_date, booked_at = excluded.booked_at,
       source_updated_at = excluded.source_updated_at, unreadable = excluded.unreadable, tags = excluded.tags,
       read_at = excluded.read_at, deleted_at = null
     where ${NOT_OLDER}
       and (t.ticket_id, t.unit_text, t.seconds, t.activity_type_id, t.activity_type_name, t.user_id, t.user_name,
            t.user_email, t.article_id, t.description, t.booked_at, t.unreadable, t.deleted_at)
         is distinct from (excluded.ticket_id, excluded.unit_text, excluded.seconds, excluded.activity_type_id,
            excluded.activity_type_name, excluded.user_id, excluded.user_name, excluded.user_email,
            excluded.article_id, excluded.description, excluded.booked_at, excluded.unreadable, null::timestamptz)
     returning id`,
    [
      connectorId,
      readAt,
      column(page, (e) => e.sourceId),
      column(page, (e) => e.ticketId),
      column(page, (e) => e.unitText),
      column(page, (e) => e.seconds),
      column(page, (e) => e.activityTypeId),
      column(page, (e) => e.activityTypeName),
      column(page, (e) => e.userId),
      column(page, (e) => e.userName),
      column(page, (e) => e.userEmail),
      column(page, (e) => e.articleId),
      column(page, (e) => e.description),
      column(page, (e) => e.entryDate),
      column(page, (e) => e.bookedAt),
      column(page, (e) => e.updatedAt),
      column(page, (e) => e.unreadable),
      column(page, (e) => JSON.stringify(e.tags)),
    ],
  );
  return { changed: changed.map((r) => r.id) };
}

/**
 * Keeps records that do not parse, flagged: one that was readable before keeps its last facts and is flagged;
 * one never seen is stored with what is known of it.
 */
export async function stageUnreadable(
  session: Session,
  connectorId: string,
  items: readonly UnreadableRecord[],
  readAt: Instant,
): Promise<Staged> {
  if (items.length === 0) return { changed: [] };
  const changed = await rows<{ id: string }>(
    session,
    `insert into time_entries as t (connector_id, read_at, source_id, ticket_id, unreadable, unit_text, user_id,
       user_name, entry_date, booked_at, source_updated_at)
     select $1, $2::timestamptz, u.source_id, coalesce(u.ticket_id, ''), u.problem, '', '', '', $2::timestamptz::date,
       $2::timestamptz, $2::timestamptz
     from unnest($3::text[], $4::text[], $5::text[]) as u (source_id, ticket_id, problem)
     on conflict (connector_id, source_id) do update set unreadable = excluded.unreadable, read_at = excluded.read_at
     where ${NOT_OLDER} and t.unreadable is distinct from excluded.unreadable
     returning id`,
    [
      connectorId,
      readAt,
      column(items, (r) => r.sourceId),
      column(items, (r) => r.ticketId),
      column(items, (r) => r.problem),
    ],
  );
  return { changed: changed.map((r) => r.id) };
}

/** Stores tickets; returns the ids of entries whose ticket changed in a way that matters to their plan. */
export async function stageTickets(
  session: Session,
  connectorId: string,
  items: readonly SourceTicket[],
  readAt: Instant,
): Promise<Staged> {
  const page = newest(items, (item) => item.ticketId);
  if (page.length === 0) return { changed: [] };
  const changed = await rows<{ id: string }>(
    session,
    `with changed as (
       insert into tickets as t (connector_id, read_at, ticket_id, number, title, organization_id, organization_name,
         customer_id, customer_name, group_id, merged, merged_into, unit_sum, source_updated_at, article_count)
       select $1, $2::timestamptz, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::bool[], $12::text[], $13::text[], $14::timestamptz[], $15::int[])
       on conflict (connector_id, ticket_id) do update set number = excluded.number, title = excluded.title,
         organization_id = excluded.organization_id, organization_name = excluded.organization_name,
         customer_id = excluded.customer_id, customer_name = excluded.customer_name, group_id = excluded.group_id,
         merged = excluded.merged, merged_into = excluded.merged_into, unit_sum = excluded.unit_sum,
         source_updated_at = excluded.source_updated_at, read_at = excluded.read_at, deleted_at = null
       where ${NOT_OLDER}
         and (t.number, t.title, t.organization_id, t.organization_name, t.customer_id, t.customer_name, t.merged,
              t.merged_into, t.unit_sum, t.deleted_at)
           is distinct from (excluded.number, excluded.title, excluded.organization_id, excluded.organization_name,
              excluded.customer_id, excluded.customer_name, excluded.merged, excluded.merged_into, excluded.unit_sum,
              null::timestamptz)
       returning ticket_id)
     select e.id from time_entries e join changed using (ticket_id) where e.connector_id = $1`,
    [
      connectorId,
      readAt,
      column(page, (t) => t.ticketId),
      column(page, (t) => t.ticketNumber),
      column(page, (t) => t.ticketTitle),
      column(page, (t) => t.organizationId),
      column(page, (t) => t.organizationName),
      column(page, (t) => t.ticketCustomerId),
      column(page, (t) => t.ticketCustomerName),
      column(page, (t) => t.groupId),
      column(page, (t) => t.ticketMerged),
      column(page, (t) => t.mergedInto),
      column(page, (t) => t.unitSum),
      column(page, (t) => t.updatedAt),
      column(page, (t) => t.articleCount),
    ],
  );
  await noteArticles(session, connectorId, page, readAt);
  return { changed: changed.map((r) => r.id) };
}

/** Tombstones, each after its own proof (a single GET that answered 404). */
export async function markEntriesDeleted(
  session: Session,
  ids: readonly string[],
  at: Instant,
): Promise<void> {
  await rows(
    session,
    `update time_entries set deleted_at = $2, read_at = $2 where id = any($1::bigint[]) and deleted_at is null
     returning id`,
    [[...ids], at],
  );
}

/** An entry we hold and believe to be there. */
export type PresentEntry = { readonly id: string; readonly source_id: string; readonly ticket_id: string };

/** Entries of a ticket that we believe to be there. */
export const presentEntries = (session: Session, connectorId: string, ticketId: string) =>
  rows<PresentEntry>(
    session,
    `select id, source_id, ticket_id from time_entries
     where connector_id = $1 and deleted_at is null and ticket_id = $2`,
    [connectorId, ticketId],
  );

/**
 * Entries that we believe to be there and that are not among these: compared here, so that nobody holds a whole book. By a
 * grouping, which passes each side once whatever the planner knows of them; a join may compare each with each.
 */
export const unlistedEntries = (session: Session, connectorId: string, listed: ReadonlySet<string>) =>
  rows<PresentEntry>(
    session,
    `select min(id) as id, source_id, min(ticket_id) as ticket_id from (
       select id, source_id, ticket_id from time_entries where connector_id = $1 and deleted_at is null
       union all select null, listed, null from jsonb_array_elements_text($2::jsonb) as listed) both_sides
     group by source_id having count(*) = count(id) order by 1`,
    [connectorId, JSON.stringify([...listed])], // one flat text; an array is put together id by id
  );
