import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

export const ENTRY_STATES = ['agreed', 'waiting', 'pending', 'new', 'skipped', 'before_start'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

export type StandingFilter = {
  readonly bridge?: string | undefined;
  readonly states?: readonly EntryState[] | undefined;
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Settled by this rule, or by `any`. */
  readonly rule?: string | undefined;
};

export type StandingRow = {
  readonly id: string;
  readonly sourceId: string;
  readonly bridgeId: string;
  readonly bridgeName: string;
  readonly entryDate: string;
  /** Null when the record could not be read. */
  readonly seconds: number | null;
  readonly personName: string;
  readonly ticketId: string;
  readonly ticketNumber: string | null;
  readonly ticketTitle: string | null;
  readonly customerName: string | null;
  readonly sourceWebUrl: string;
  readonly state: EntryState;
  /** As its case says it now, where it waits behind one: how many wait with it changes after it began to. */
  readonly why: Reason | null;
  /** The open case that the entry waits behind; one of them when there are several. */
  readonly conflictId: string | null;
};

/** Of what rules settled, a write is in the ledger, and what was right already in the audit trail. */
const BY_RULE = `(exists (select 1 from ledger l where l.bridge_id = b.bridge_id and l.lead_entry_id = e.id
    and l.cause ->> 'kind' = 'rule' and l.state <> 'dropped' and ($5 = 'any' or l.cause ->> 'ruleId' = $5))
  or exists (select 1 from audit_logs a where a.subject_kind = 'entry' and a.subject_id = e.id::text
    and a.bridge_id = b.bridge_id and a.actor_kind = 'rule' and ($5 = 'any' or split_part(a.actor_id, '/', 1) = $5)))`;

const CONDITION = `e.deleted_at is null and ($1::text is null or b.bridge_id = $1)
  and ($2::text[] is null or b.state = any($2))
  and ($3::date is null or b.frozen_entry_date >= $3) and ($4::date is null or b.frozen_entry_date <= $4)
  and ($5::text is null or ${BY_RULE})`;

/** Of the open case that an entry waits behind; read for the rows of a page alone. */
const ofOpenCase = (what: string): string =>
  `(select ${what} from conflict_entries ce join conflicts f on f.id = ce.conflict_id
    where ce.time_entry_id = e.id and f.bridge_id = b.bridge_id and f.state = 'open' order by f.id limit 1)`;

/** Entries and where they stand in their bridges, the newest day first. Deleted ones are not among them. */
export async function listStandings(
  session: Session,
  { bridge, states, from, to, rule }: StandingFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly seconds: number; readonly items: readonly StandingRow[] }> {
  const bind = [bridge ?? null, states ?? null, from ?? null, to ?? null, rule ?? null];
  const [sum, items] = await Promise.all([
    row<{ total: number; seconds: number }>(
      session,
      `select count(*)::int as total, coalesce(sum(e.seconds), 0)::float8 as seconds
       from bridge_entries b join time_entries e on e.id = b.time_entry_id where ${CONDITION}`,
      bind,
    ),
    rows<StandingRow>(
      session,
      `select e.id, e.source_id as "sourceId", b.bridge_id as "bridgeId", br.name as "bridgeName",
         b.frozen_entry_date as "entryDate", e.seconds, e.user_name as "personName", e.ticket_id as "ticketId",
         t.number as "ticketNumber", t.title as "ticketTitle",
         coalesce(t.organization_name, t.customer_name) as "customerName", c.web_url as "sourceWebUrl", b.state,
         coalesce(${ofOpenCase(`f.facts -> 'why'`)}, b.why) as why, ${ofOpenCase('f.id')} as "conflictId"
       from bridge_entries b join time_entries e on e.id = b.time_entry_id join bridges br on br.id = b.bridge_id
       join connectors c on c.id = e.connector_id
       left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id
       where ${CONDITION} order by b.frozen_entry_date desc, e.id desc, b.bridge_id offset $6 limit $7`,
      [...bind, offset, limit],
    ),
  ]);
  return { total: sum?.total ?? 0, seconds: sum?.seconds ?? 0, items };
}
