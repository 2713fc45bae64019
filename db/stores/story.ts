import type { Fact, Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

export type StoryItem = {
  readonly at: Date;
  /** What happened; `words/events.ts` makes the sentence. */
  readonly code: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly actorKind: 'person' | 'rule' | 'policy' | 'system';
  readonly actorId: string | null;
  readonly actorName: string | null;
};

export type StoryOf = {
  readonly bridgeId: string;
  readonly entryIds: readonly string[];
  readonly conflictIds: readonly string[];
};

const MOST_ITEMS = 1_000;

/** The entry as the agent booked it, each change of it as it was read, and its deletion. */
const READINGS = `
  select e.booked_at as at, 'entry.booked' as code, jsonb_build_object('newSeconds', first.seconds,
      'activity', first.activity_type_name, 'entryDay', b.frozen_entry_date) as facts, 'person' as actor_kind,
      null as actor_id, e.user_name as actor_name, 1 as step
    from time_entries e join bridge_entries b on b.time_entry_id = e.id and b.bridge_id = $1
    cross join lateral (select seconds, activity_type_name from (
      select id, seconds, activity_type_name from time_entry_versions where time_entry_id = e.id
      union all select 9223372036854775807, e.seconds, e.activity_type_name) known order by id limit 1) first
    where e.id = any($2::bigint[])
  union all
  select first_seen_at, 'entry.first_read', '{}', 'system', null, null, 2 from bridge_entries
    where bridge_id = $1 and time_entry_id = any($2::bigint[])
  union all
  select v.replaced_at, case when next.deleted and v.deleted_at is null then 'entry.deleted'
      when v.deleted_at is not null and not next.deleted then 'entry.reappeared'
      when next.unreadable is not null then 'entry.unreadable' else 'entry.changed' end,
    jsonb_build_object('oldSeconds', v.seconds, 'newSeconds', next.seconds, 'oldActivity', v.activity_type_name,
      'newActivity', next.activity_type_name, 'oldTicketId', v.ticket_id, 'newTicketId', next.ticket_id),
    'system', null, null, 3
    from time_entry_versions v join time_entries e on e.id = v.time_entry_id
    cross join lateral (select * from (
      select n.id, n.seconds, n.activity_type_name, n.ticket_id, n.deleted_at is not null as deleted, n.unreadable
      from time_entry_versions n where n.time_entry_id = v.time_entry_id and n.id > v.id
      union all select 9223372036854775807, e.seconds, e.activity_type_name, e.ticket_id, e.deleted_at is not null,
        e.unreadable) later order by id limit 1) next
    where v.time_entry_id = any($2::bigint[])`;

const QUESTIONS = `
  select c.opened_at, 'conflict.opened', jsonb_build_object('conflictId', c.id::text, 'kind', c.kind, 'cause', c.cause,
      'runId', c.run_id::text), 'system', null, null, 5 from asked join conflicts c using (id)
  union all
  select c.closed_at, 'conflict.closed', jsonb_build_object('conflictId', c.id::text, 'kind', c.kind, 'closedWhy',
      c.closed_why), 'system', null, null, 9 from asked join conflicts c using (id)
    where c.closed_at is not null and c.closed_why <> 'decided'
  union all
  select a.at, a.action, coalesce(d.details, '{}') || case when a.subject_kind = 'conflict'
      then jsonb_build_object('conflictId', a.subject_id) else '{}' end, a.actor_kind, a.actor_id,
    coalesce(u.name, r.name, k.actor_name), 6
    from audit_logs a left join audit_details d on d.audit_id = a.id
    left join users u on a.actor_kind = 'person' and u.id::text = a.actor_id
    left join rules r on a.actor_kind = 'rule' and r.id::text = split_part(a.actor_id, '/', 1)
    left join decisions k on a.actor_kind = 'person' and k.id::text = a.actor_id
    where (a.subject_kind = 'conflict' and a.subject_id in (select id::text from asked))
      or (a.subject_kind = 'entry' and a.bridge_id = $1 and a.subject_id = any($2::text[]))`;

/** Each write with what it was to change, when it went out, and what came back: quoted where it was refused. */
const WRITES = `
  select t.at, 'write.' || t.code, jsonb_build_object('ledgerId', l.id::text, 'operation', l.operation,
      'timesheetId', l.external_id, 'marker', l.marker, 'runId', l.run_id::text, 'attempts', l.attempts,
      'newSeconds', case when l.operation <> 'delete' then coalesce(
        case when t.code = 'done' then l.answer -> 'seconds' end, l.step #> '{step,desired,seconds}') end,
      'oldSeconds', coalesce(l.before -> 'seconds', l.step #> '{step,row,seconds}'), 'rowDay',
        coalesce(l.step #> '{step,desired,day}', l.step #> '{step,row,day}'),
      'cause', case when t.code in ('refused', 'dropped') then l.answer -> 'code' end,
      'quoted', case when t.code = 'refused' then l.answer -> 'quoted' end),
    case when l.decision_id is not null then 'person' when l.cause ->> 'kind' = 'rule' then 'rule' else 'policy' end,
    l.decision_id::text, k.actor_name, 7
    from ledger l left join decisions k on k.id = l.decision_id
    cross join lateral (values (l.created_at, 'planned'), (l.sent_at, 'sent'),
      (case when l.state in ('done', 'refused', 'dropped') then l.answered_at end, l.state)) as t (at, code)
    where l.bridge_id = $1 and l.lead_entry_id = any($2::bigint[]) and t.at is not null
  union all
  select greatest(s.read_at, k.updated_at), 'timesheet.exported', jsonb_build_object('timesheetId', s.external_id, 'newSeconds', s.seconds,
      'rowDay', s.day), 'system', null, null, 8
    from links k join link_timesheets lt on lt.link_id = k.id
    join timesheets s on s.connector_id = lt.target_connector_id and s.external_id = lt.external_id
    where k.bridge_id = $1 and k.lead_entry_id = any($2::bigint[]) and s.exported and s.deleted_at is null`;

/**
 * What happened to entries and to cases, the oldest first: from the booking to the invoice. The one source for the
 * explanation of an entry and for the history of a case.
 */
export const readStory = (
  session: Session,
  { bridgeId, entryIds, conflictIds }: StoryOf,
): Promise<StoryItem[]> =>
  rows<StoryItem>(
    session,
    `with asked as (select distinct id from unnest($3::bigint[]) as given (id))
     select at, code, facts, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName"
     from (${READINGS} union all ${QUESTIONS} union all ${WRITES}) as story order by at, step limit ${MOST_ITEMS}`,
    [bridgeId, [...entryIds], [...conflictIds]],
  );

/** Every case that an entry ever stood behind in a bridge, gaps that were closed since included. */
export async function conflictsOfEntries(
  session: Session,
  bridgeId: string,
  entryIds: readonly string[],
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    session,
    `select id from conflicts where bridge_id = $1 and subject = any($2::text[])
     union select conflict_id from conflict_entries ce join conflicts c on c.id = ce.conflict_id and c.bridge_id = $1
       where ce.time_entry_id = any($3::bigint[])
     union select id from conflicts where bridge_id = $1 and kind like 'unmapped%'
       and jsonb_exists_any(facts -> 'entryIds', $4::text[])`,
    [bridgeId, entryIds.map((id) => `lead:${id}`), [...entryIds], [...entryIds]],
  );
  return found.map(({ id }) => id);
}

export type EntryStanding = {
  readonly id: string;
  readonly bridgeId: string;
  readonly bridgeName: string;
  readonly sourceWebUrl: string;
  readonly targetWebUrl: string;
  readonly state: string;
  readonly why: Reason | null;
  readonly since: Date;
  /** The lead of the link that holds the entry; null when no link does. */
  readonly leadId: string | null;
  readonly leadSourceId: string | null;
  readonly acceptedSeconds: number | null;
  readonly roundingSeconds: number | null;
  readonly rows: readonly {
    readonly externalId: string;
    readonly role: string;
    readonly baseSeconds: number | null;
    readonly seconds: number | null;
    readonly day: string | null;
    readonly exported: boolean | null;
    readonly deleted: boolean | null;
  }[];
};

/** Where an entry stands in each bridge that holds it, by its id in the source. */
export const standingsOfEntry = (
  session: Session,
  sourceId: string,
  bridgeId: string | null,
): Promise<EntryStanding[]> =>
  rows<EntryStanding>(
    session,
    `select e.id, b.bridge_id as "bridgeId", br.name as "bridgeName", s.web_url as "sourceWebUrl",
       t.web_url as "targetWebUrl", b.state, b.why, b.updated_at as since, l.lead_entry_id::text as "leadId",
       lead.source_id as "leadSourceId", l.accepted_seconds as "acceptedSeconds", l.rounding_seconds as "roundingSeconds",
       coalesce((select jsonb_agg(jsonb_build_object('externalId', lt.external_id, 'role', lt.role,
           'baseSeconds', lt.target_base -> 'seconds', 'seconds', ts.seconds, 'day', ts.day, 'exported', ts.exported,
           'deleted', ts.deleted_at is not null) order by lt.sequence)
         from link_timesheets lt left join timesheets ts on ts.connector_id = lt.target_connector_id
           and ts.external_id = lt.external_id where lt.link_id = l.id), '[]') as rows
     from time_entries e join bridge_entries b on b.time_entry_id = e.id join bridges br on br.id = b.bridge_id
     join connectors s on s.id = br.source_connector_id join connectors t on t.id = br.target_connector_id
     left join lateral (select k.* from links k where k.bridge_id = b.bridge_id and (k.lead_entry_id = e.id or exists (
       select 1 from link_members m where m.link_id = k.id and m.time_entry_id = e.id)) order by k.closed, k.id limit 1) l on true
     left join time_entries lead on lead.id = l.lead_entry_id
     where e.source_id = $1 and ($2::text is null or b.bridge_id = $2) order by b.bridge_id`,
    [sourceId, bridgeId],
  );

export type TicketEntry = {
  readonly id: string;
  readonly sourceId: string;
  readonly bridgeId: string;
  readonly entryDate: string;
  readonly seconds: number | null;
  readonly userName: string;
  readonly bookedAt: Date;
  readonly activityName: string | null;
  readonly state: string;
  readonly why: Reason | null;
  readonly deleted: boolean;
};

/** The entries of a ticket, by its number, in each bridge that holds them; the oldest first. */
export const entriesOfTicket = (session: Session, ticketNumber: string): Promise<TicketEntry[]> =>
  rows<TicketEntry>(
    session,
    `select e.id, e.source_id as "sourceId", b.bridge_id as "bridgeId", b.frozen_entry_date as "entryDate", e.seconds,
       e.user_name as "userName", e.booked_at as "bookedAt", e.activity_type_name as "activityName", b.state, b.why, e.deleted_at is not null as deleted
     from tickets t join time_entries e on e.connector_id = t.connector_id and e.ticket_id = t.ticket_id
     join bridge_entries b on b.time_entry_id = e.id where t.number = $1 order by e.booked_at, e.id, b.bridge_id limit 500`,
    [ticketNumber],
  );

/** Bridge and entries of a case, for its history; a gap's many entries are not part of it. */
export const storyOfConflict = async (session: Session, conflictId: string): Promise<StoryItem[]> => {
  const found = await row<{ bridgeId: string; entryIds: string[] }>(
    session,
    `select c.bridge_id as "bridgeId", case when c.kind like 'unmapped%' or c.kind = 'guard' then '{}' else array(
       select time_entry_id::text from conflict_entries where conflict_id = c.id) end as "entryIds"
     from conflicts c where c.id = $1`,
    [conflictId],
  );
  return found ? readStory(session, { ...found, conflictIds: [conflictId] }) : [];
};
