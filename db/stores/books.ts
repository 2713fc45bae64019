import type { Choice, ConflictKind, Decision, DecisionParameters } from '../../domain/conflict.js';
import type { Link } from '../../domain/link.js';
import type { EntryState } from '../../domain/plan.js';
import type { BookedEntry, ReconcileInput } from '../../domain/reconcile-input.js';
import type { SourceBase, TimeEntry } from '../../domain/time-entry.js';
import { rows, type Session } from '../sql.js';
import type { BridgeContext } from './bridge-rules.js';
import { readNearbyRows } from './nearby-rows.js';
import { readOccupied } from './occupied.js';
import { readRefusals } from './refusals.js';
import { readReservedRows } from './reserved-rows.js';
import type { LedgerScope } from './ledger.js';

/** What the database knows of both books for some tickets; the caller adds clock, hash and run. */
export type Books = Pick<
  ReconcileInput,
  'entries' | 'links' | 'rows' | 'linkedElsewhere' | 'occupied' | 'decisions' | 'refusals'
>;

export type EntryRow = Omit<TimeEntry, 'bookedAt' | 'updatedAt' | 'readAt' | 'deletedAt'> & {
  bookedAt: Date;
  updatedAt: Date;
  readAt: Date;
  deletedAt: Date | null;
  frozenUserId: string;
  frozenBookedAt: Date;
  frozenEntryDate: string;
  firstSeenAt: Date;
  state: EntryState | 'new';
  reapply: boolean;
};

export const ENTRY_COLUMNS = `e.id, e.connector_id as "source", e.source_id as "sourceId", e.ticket_id as "ticketId",
  coalesce(t.number, '') as "ticketNumber", coalesce(t.title, '') as "ticketTitle",
  t.organization_id as "organizationId", t.organization_name as "organizationName",
  t.customer_id as "ticketCustomerId", t.customer_name as "ticketCustomerName", t.group_id as "groupId",
  coalesce(t.merged, false) as "ticketMerged", e.unit_text as "unitText", e.seconds,
  e.activity_type_id as "activityTypeId", e.activity_type_name as "activityTypeName", e.user_id as "userId",
  e.user_name as "userName", e.user_email as "userEmail", e.article_id as "articleId", e.description,
  e.entry_date as "entryDate", e.booked_at as "bookedAt", e.source_updated_at as "updatedAt", e.read_at as "readAt",
  e.deleted_at as "deletedAt", e.unreadable, e.tags, b.frozen_user_id as "frozenUserId",
  b.frozen_booked_at as "frozenBookedAt", b.frozen_entry_date as "frozenEntryDate", b.first_seen_at as "firstSeenAt",
  b.state, b.reapply`;

const iso = (at: Date): string => at.toISOString();
const isoOrNull = (at: Date | null): string | null => (at === null ? null : at.toISOString());

export function bookedEntry(r: EntryRow): BookedEntry {
  const { frozenUserId, frozenBookedAt, frozenEntryDate, firstSeenAt, state, reapply, ...fact } = r;
  return {
    entry: {
      ...fact,
      bookedAt: iso(r.bookedAt),
      updatedAt: iso(r.updatedAt),
      readAt: iso(r.readAt),
      deletedAt: isoOrNull(r.deletedAt),
    },
    frozen: { userId: frozenUserId, bookedAt: iso(frozenBookedAt), entryDate: frozenEntryDate },
    firstSeenAt: iso(firstSeenAt),
    state: state === 'new' ? null : state,
    ...(reapply && { reapply }),
  };
}

/** As many entries as a page looks through for tickets (books.md: batches of at most 2,000). */
const ENTRIES_A_PAGE = 2_000;

/**
 * Tickets of a scope that have something new, those with the oldest such entry first; at most `limit`, and `more` when
 * there may be others. Looks at a page of entries alone: sorting all of them for each page would cost their square.
 */
export async function dirtyTickets(
  session: Session,
  bridgeId: string,
  scope: LedgerScope,
  limit: number,
): Promise<{ readonly tickets: readonly string[]; readonly more: boolean }> {
  const found = await rows<{ ticket_id: string; looked: number }>(
    session,
    `with looked as (
       select e.ticket_id, b.time_entry_id from bridge_entries b join time_entries e on e.id = b.time_entry_id
       where b.bridge_id = $1 and b.dirty and ($2::text is null or e.ticket_id = $2)
         and ($3::bigint is null or e.id in (select time_entry_id from conflict_entries where conflict_id = $3))
         and ($4::uuid is null or e.id in (select ce.time_entry_id from conflict_entries ce
           join bulk_items i on i.conflict_id = ce.conflict_id where i.bulk_id = $4))
         and ($5::uuid is null or e.id in (select lead_entry_id from undo_items where undo_id = $5))
       order by b.time_entry_id limit ${ENTRIES_A_PAGE})
     select ticket_id, (select count(*)::int from looked) as looked from looked
     group by ticket_id order by min(time_entry_id) limit $6`,
    [bridgeId, scope.ticketId, scope.conflictId, scope.bulkId, scope.undoId, limit],
  );
  const more = found.length === limit || found[0]?.looked === ENTRIES_A_PAGE;
  return { tickets: found.map((r) => r.ticket_id), more };
}

/** Links that these entries lead or are members of; found from the entries, however many links the bridge has. */
export async function readLinks(
  session: Session,
  bridgeId: string,
  entryIds: readonly string[],
): Promise<Link[]> {
  type LinkRow = {
    id: string;
    lead_entry_id: string;
    source_base: SourceBase;
    rounding_seconds: number;
    accepted_seconds: number;
    closed: boolean;
    members: Link['members'] | null;
    rows: Link['rows'] | null;
  };
  const found = await rows<LinkRow>(
    session,
    `select l.id, l.lead_entry_id, l.source_base, l.rounding_seconds, l.accepted_seconds, l.closed,
       (select jsonb_agg(jsonb_build_object('entryId', m.time_entry_id::text, 'signedSeconds', m.signed_seconds) order by m.time_entry_id)
        from link_members m where m.link_id = l.id) as members,
       (select jsonb_agg(jsonb_build_object('externalId', r.external_id, 'role', r.role, 'sequence', r.sequence, 'targetBase', r.target_base) order by r.sequence)
        from link_timesheets r where r.link_id = l.id) as rows
     from (select id from links where bridge_id = $1 and lead_entry_id = any($2::bigint[])
       union select link_id from link_members where time_entry_id = any($2::bigint[])) found
     cross join lateral (select * from links where id = found.id and bridge_id = $1 offset 0) l
     order by l.id`,
    [bridgeId, [...entryIds]],
  );
  return found.map((l) => ({
    id: l.id,
    leadId: l.lead_entry_id,
    sourceBase: l.source_base,
    members: l.members ?? [],
    rows: l.rows ?? [],
    roundingSeconds: l.rounding_seconds,
    acceptedSeconds: l.accepted_seconds,
    closed: l.closed,
  }));
}

/** The newest decision of each subject that is being applied or was applied. */
async function readDecisions(
  session: Session,
  bridgeId: string,
  subjects: readonly string[],
): Promise<Decision[]> {
  const found = await rows<{
    id: string;
    subject: string;
    kind: ConflictKind;
    version: string;
    choice: Choice;
    parameters: DecisionParameters;
    decided_at: Date;
  }>(
    session,
    `select distinct on (subject) id, subject, kind, version, choice, parameters, decided_at from decisions
     where bridge_id = $1 and (subject = any($2::text[]) or kind = 'guard') and state in ('applying', 'applied')
     order by subject, decided_at desc`,
    [bridgeId, [...subjects]],
  );
  return found.map(({ decided_at, ...d }) => ({ ...d, decidedAt: iso(decided_at) }));
}

/**
 * Both books for these tickets, as last read; call inside the transaction that holds their locks. What belongs to an entry is
 * looked up by its key (`offset 0`): after a first run nothing is known of the tables for a minute, and the planner would
 * pass all of them for each ticket.
 */
export async function readBooks(
  session: Session,
  context: BridgeContext,
  ticketIds: readonly string[],
): Promise<Books> {
  const { bridgeId } = context.rules;
  const entries = (
    await rows<EntryRow>(
      session,
      `select ${ENTRY_COLUMNS}
       from unnest($3::text[]) as wanted (ticket_id)
       cross join lateral (select * from time_entries
         where connector_id = $2 and ticket_id = wanted.ticket_id offset 0) e
       cross join lateral (select * from bridge_entries where bridge_id = $1 and time_entry_id = e.id offset 0) b
       left join lateral (
         select * from tickets where connector_id = e.connector_id and ticket_id = e.ticket_id offset 0) t on true
       where (e.deleted_at is null or b.state <> 'new') order by e.id`,
      [bridgeId, context.sourceConnectorId, [...ticketIds]],
    )
  ).map(bookedEntry);
  const ids = entries.map(({ entry }) => entry.id);
  const links = await readLinks(session, bridgeId, ids);
  const timesheets = await readNearbyRows(session, context, entries, links);
  const decisions = await readDecisions(
    session,
    bridgeId,
    ids.map((id) => `lead:${id}`),
  );
  const days = entries.map(({ frozen }) => frozen.entryDate).sort();
  const linkedElsewhere = await readReservedRows(session, bridgeId, {
    entryIds: ids,
    fromDay: days[0] ?? '1970-01-01',
    toDay: days.at(-1) ?? '1970-01-01',
  });
  const occupied = context.rules.target.allowsOverlap ? [] : await readOccupied(session, context, entries);
  const refusals = await readRefusals(session, context, entries);
  return { entries, links, rows: timesheets, linkedElsewhere, occupied, decisions, refusals };
}
