import { affected, row, rows, type Session } from '../sql.js';

export type MappingKind = 'activities' | 'users' | 'customers';

const TABLES = {
  activities: 'activity_mappings',
  users: 'user_mappings',
  customers: 'customer_mappings',
} as const;

/** What entries are grouped by, per kind: as the gaps of a reconciliation name it. */
const KEYS = {
  activities: `coalesce(e.activity_type_id, '')`,
  users: 'be.frozen_user_id',
  customers: `case when t.organization_id is null then 'customer:' || coalesce(t.customer_id, '')
    else 'organization:' || t.organization_id end`,
} as const;

const NAMES = {
  activities: 'max(e.activity_type_name)',
  users: 'max(e.user_name)',
  customers: 'max(coalesce(t.organization_name, t.customer_name))',
} as const;

/** What the source's catalogue knows beyond the entries that were read; customers are too many for that. */
const CATALOGUE = { activities: 'activity_type', users: 'user', customers: 'organization' } as const;
const PREFIX = { activities: '', users: '', customers: 'organization:' } as const;
const GAPS = {
  activities: 'unmapped_activity',
  users: 'unmapped_user',
  customers: 'unmapped_customer',
} as const;
const MAX_ROWS = 2000;

export type MappingRecord = {
  readonly sourceId: string;
  readonly sourceName: string | null;
  readonly sourceEmail: string | null;
  readonly sourceActive: boolean;
  readonly entryCount: number;
  readonly waitingCount: number;
  readonly waitingSeconds: number;
  readonly targetId: string | null;
  readonly ignored: boolean;
  readonly decidedBy: string | null;
  readonly updatedAt: Date | null;
  readonly conflictId: string | null;
};

/** Everything of the source that is or could be mapped; what holds entries back comes first. */
export const listMappings = (
  session: Session,
  bridgeId: string,
  kind: MappingKind,
): Promise<MappingRecord[]> =>
  rows<MappingRecord>(
    session,
    `with bridge as (select id, source_connector_id as source from bridges where id = $1),
     seen as (
       select ${KEYS[kind]} as key, ${NAMES[kind]} as name, ${kind === 'users' ? 'max(e.user_email)' : 'null::text'} as email,
         count(*)::int as entries, count(*) filter (where be.state = 'waiting')::int as waiting,
         coalesce(sum(e.seconds) filter (where be.state = 'waiting'), 0)::int as seconds
       from bridge_entries be join time_entries e on e.id = be.time_entry_id
       left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
       where be.bridge_id = $1 and e.deleted_at is null and be.state <> 'before_start' group by 1),
     listed as (
       select $3 || external_id as key, name, email, active from catalogue_items, bridge
       where connector_id = bridge.source and kind = $2),
     keys as (
       select key from seen union select key from listed where active
       union select source_id from ${TABLES[kind]} where bridge_id = $1)
     select k.key as "sourceId", coalesce(l.name, s.name) as "sourceName", coalesce(l.email, s.email) as "sourceEmail",
       coalesce(l.active, true) as "sourceActive", coalesce(s.entries, 0) as "entryCount",
       case when m.source_id is null then coalesce(s.waiting, 0) else 0 end as "waitingCount",
       case when m.source_id is null then coalesce(s.seconds, 0) else 0 end as "waitingSeconds",
       m.target_id as "targetId", coalesce(m.ignored, false) as ignored,
       coalesce(u.name, m.decided_by) as "decidedBy",
       m.updated_at as "updatedAt", c.id as "conflictId"
     from keys k left join seen s on s.key = k.key left join listed l on l.key = k.key
     left join ${TABLES[kind]} m on m.bridge_id = $1 and m.source_id = k.key
     left join users u on u.id::text = m.decided_by -- whoever closed the gap by a decision stands there by id
     left join conflicts c on c.bridge_id = $1 and c.subject = 'gap:' || $4 || ':' || k.key and c.state <> 'closed'
     order by "waitingSeconds" desc, m.source_id is null and coalesce(s.entries, 0) > 0 desc, "entryCount" desc,
       coalesce(l.name, s.name) collate "und-x-icu" nulls last, k.key limit ${MAX_ROWS}`,
    [bridgeId, CATALOGUE[kind], PREFIX[kind], GAPS[kind]],
  );

export type OpenGap = {
  readonly id: string;
  readonly kind: (typeof GAPS)[MappingKind];
  readonly state: 'open' | 'deciding' | 'applying';
  readonly version: string;
};

/** The question that a missing mapping is, while it is not closed. */
export const openGapOf = (
  session: Session,
  bridgeId: string,
  kind: MappingKind,
  sourceId: string,
): Promise<OpenGap | undefined> =>
  row<OpenGap>(
    session,
    `select id, kind, state, version from conflicts where bridge_id = $1 and subject = $2 and state <> 'closed'`,
    [bridgeId, `gap:${GAPS[kind]}:${sourceId}`],
  );

export type StoredMapping = { readonly targetId: string | null; readonly ignored: boolean };

export const findMapping = (
  session: Session,
  bridgeId: string,
  kind: MappingKind,
  sourceId: string,
): Promise<StoredMapping | undefined> =>
  row<StoredMapping>(
    session,
    `select target_id as "targetId", ignored from ${TABLES[kind]} where bridge_id = $1 and source_id = $2`,
    [bridgeId, sourceId],
  );

export type MappingChange = {
  readonly bridgeId: string;
  readonly kind: MappingKind;
  readonly sourceId: string;
  /** A target, *ignore now and later*, or null: no mapping any more. */
  readonly to: { readonly targetId: string } | 'ignored' | null;
  readonly decidedBy: string;
};

/**
 * Writes a mapping outside of a question, and has its unwritten entries planned again.
 * @returns how many tickets, or null where it stood so already: then nothing is written.
 */
export async function changeMapping(session: Session, change: MappingChange): Promise<number | null> {
  const { bridgeId, kind, sourceId, to, decidedBy } = change;
  const table = TABLES[kind];
  const changed =
    to === null
      ? await affected(session, `delete from ${table} where bridge_id = $1 and source_id = $2 returning 1`, [
          bridgeId,
          sourceId,
        ])
      : await affected(
          session,
          `insert into ${table} as kept (bridge_id, source_id, target_id, ignored, decided_by)
           values ($1, $2, $3, $4, $5) on conflict (bridge_id, source_id) do update set target_id = excluded.target_id,
             ignored = excluded.ignored, decided_by = excluded.decided_by, updated_at = now()
           where (kept.target_id, kept.ignored) is distinct from (excluded.target_id, excluded.ignored) returning 1`,
          [bridgeId, sourceId, to === 'ignored' ? null : to.targetId, to === 'ignored', decidedBy],
        );
  return changed === 0 ? null : replan(session, bridgeId, kind, sourceId);
}

/** Whether an entry that is not written yet waits for this customer to be made. */
export async function waitsForCustomer(session: Session, bridgeId: string, key: string): Promise<boolean> {
  const waiting = await row(
    session,
    `select 1 as waits from bridge_entries be join time_entries e on e.id = be.time_entry_id
     left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
     where be.bridge_id = $1 and be.state in ('pending', 'waiting') and e.deleted_at is null and ${KEYS.customers} = $2
       and not exists (select 1 from customer_mappings m where m.bridge_id = $1 and m.source_id = $2) limit 1`,
    [bridgeId, key],
  );
  return waiting !== undefined;
}

/** What is agreed stays as it is: a changed mapping acts on what is not written yet. Returns how many tickets it concerns. */
export async function replan(
  session: Session,
  bridgeId: string,
  kind: MappingKind,
  sourceId: string,
): Promise<number> {
  const marked = await rows<{ ticket_id: string }>(
    session,
    `update bridge_entries be set dirty = true from time_entries e
     left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
     where e.id = be.time_entry_id and be.bridge_id = $1 and be.state <> 'agreed' and ${KEYS[kind]} = $2
     returning e.ticket_id`,
    [bridgeId, sourceId],
  );
  return new Set(marked.map((entry) => entry.ticket_id)).size;
}
