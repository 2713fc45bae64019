import type { Choice, ConflictKind, DecisionParameters } from '../../domain/conflict.js';
import type { Reason } from '../../domain/reason.js';
import { rows, type Session } from '../sql.js';
import { inboxCondition, SNOOZED, type InboxFilter } from './inbox-filter.js';
import type { DecisionState } from './decisions.js';

export type DecisionRecord = {
  readonly id: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly note: string | null;
  readonly actorKind: 'person' | 'rule' | 'settings';
  readonly actorId: string;
  readonly actorName: string;
  readonly state: DecisionState;
  readonly decidedAt: string;
  readonly applyAfter: string;
  readonly finishedAt: string | null;
  readonly outcome: Reason | null;
  /** Set where it was decided together with others. */
  readonly bulkId: string | null;
};

/** What the target bills for a row. */
export type Price = {
  readonly amount: number;
  /** Of the row, which the amount is for. */
  readonly seconds: number;
  /** ISO 4217; null when the target did not tell it. */
  readonly currency: string | null;
};

export type InboxRow = {
  readonly id: string;
  readonly bridgeId: string;
  readonly bridgeName: string;
  readonly kind: ConflictKind;
  readonly state: 'open' | 'deciding' | 'applying' | 'closed';
  readonly version: string;
  readonly why: Reason;
  readonly gap: { readonly key: string; readonly name: string } | null;
  readonly candidateCount: number;
  readonly ticketId: string | null;
  readonly ticketNumber: string | null;
  readonly ticketTitle: string | null;
  readonly customerKey: string | null;
  readonly customerName: string | null;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly entryDate: string | null;
  readonly secondsAtStake: number;
  /** Of the row it is about, as last read; null while there is none, or the token may not see prices. */
  readonly price: Price | null;
  readonly entryCount: number;
  readonly runId: string | null;
  readonly previousId: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly snoozedUntil: Date | null;
  readonly snoozedUntilChange: boolean;
  readonly reopenedWhy: Reason | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly closedWhy: 'decided' | 'vanished' | 'rule' | 'replaced' | null;
  readonly decision: DecisionRecord | null;
};

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A decision of the alias `d`, as one JSON value. */
export const DECISION_JSON = `jsonb_build_object('id', d.id, 'choice', d.choice, 'parameters', d.parameters, 'note', d.note,
  'actorKind', d.actor_kind, 'actorId', d.actor_id, 'actorName', d.actor_name, 'state', d.state,
  'decidedAt', ${utc('d.decided_at')}, 'applyAfter', ${utc('d.apply_after')}, 'finishedAt', ${utc('d.finished_at')},
  'outcome', d.outcome, 'bulkId', d.bulk_id)`;

const PRICE = `(select jsonb_build_object('amount', ts.rate, 'seconds', ts.seconds, 'currency', cu.currency)
  from timesheets ts
  left join catalogue_items p on p.connector_id = ts.connector_id and p.kind = 'project' and p.external_id = ts.project_id
  left join catalogue_items cu on cu.connector_id = p.connector_id and cu.kind = 'customer' and cu.external_id = p.parent_id
  where ts.connector_id = b.target_connector_id and ts.external_id = c.facts ->> 'targetRowId'
    and ts.deleted_at is null and ts.rate is not null)`;

/** What a line of the inbox shows; `c` is the conflict. */
export const INBOX_COLUMNS = `c.id, c.bridge_id as "bridgeId", b.name as "bridgeName", c.kind, c.state, c.version,
  c.facts -> 'why' as why, nullif(c.facts -> 'gap', 'null'::jsonb) as gap,
  coalesce(jsonb_array_length(c.facts -> 'candidates'), 0) as "candidateCount",
  c.ticket_id as "ticketId", c.ticket_number as "ticketNumber", c.ticket_title as "ticketTitle",
  c.customer_key as "customerKey", c.customer_name as "customerName", c.person_id as "personId",
  c.person_name as "personName", c.entry_date as "entryDate", c.seconds_at_stake as "secondsAtStake", ${PRICE} as price,
  c.entry_count as "entryCount", c.run_id as "runId", c.previous_id as "previousId",
  c.assignee_id as "assigneeId", u.name as "assigneeName",
  case when ${SNOOZED} then c.snoozed_until end as "snoozedUntil",
  (${SNOOZED} and c.snoozed_until_change) as "snoozedUntilChange", c.reopened_why as "reopenedWhy", c.opened_at as "openedAt",
  c.closed_at as "closedAt", c.closed_why as "closedWhy",
  (select ${DECISION_JSON} from decisions d where d.conflict_id = c.id and d.state <> 'withdrawn'
   order by d.decided_at desc limit 1) as decision`;

/** Where `INBOX_COLUMNS` come from, beside `conflicts c`. */
export const INBOX_JOINS = `join bridges b on b.id = c.bridge_id left join users u on u.id = c.assignee_id`;

const ORDERS = {
  stake_age: `abs(c.seconds_at_stake)::float8 * date_part('epoch', now() - c.opened_at) desc, c.id`,
  stake: 'abs(c.seconds_at_stake) desc, c.id',
  age: 'c.opened_at, c.id',
  date: 'c.entry_date desc nulls last, c.id desc',
} as const;

export type InboxOrder = {
  readonly sort: keyof typeof ORDERS;
  /** Kinds in the order of their groups; null: one list without groups. */
  readonly groupedBy: readonly ConflictKind[] | null;
  readonly offset: number;
  readonly limit: number;
};

/** One page, and how many there are in all. Only the page's rows read their facts. */
export async function listInbox(
  session: Session,
  filter: InboxFilter,
  { sort, groupedBy, offset, limit }: InboxOrder,
): Promise<{ readonly total: number; readonly items: readonly InboxRow[] }> {
  const { sql, bind } = inboxCondition(filter);
  const groups = groupedBy === null ? '' : `array_position($${bind.length + 3}::text[], c.kind), c.cause, `;
  // What is done is looked up, not worked off: the newest first, whatever the sort of the list.
  const order =
    filter.view === 'done'
      ? 'coalesce(c.closed_at, c.updated_at) desc, c.id desc'
      : `${groups}${ORDERS[sort]}`;
  const [counted, items] = await Promise.all([
    rows<{ total: number }>(session, `select count(*)::int as total from conflicts c where ${sql}`, bind),
    rows<InboxRow>(
      session,
      `select ${INBOX_COLUMNS} from conflicts c ${INBOX_JOINS}
       where c.id in (select c.id from conflicts c where ${sql} order by ${order}
         limit $${bind.length + 1} offset $${bind.length + 2})
       order by ${order}`,
      [...bind, limit, offset, ...(groups === '' || filter.view === 'done' ? [] : [groupedBy])],
    ),
  ]);
  return { total: counted[0]?.total ?? 0, items };
}

/** Lines by id, e.g. one that changed while somebody decided it. */
export const readInboxRow = async (session: Session, id: string): Promise<InboxRow | undefined> =>
  (
    await rows<InboxRow>(session, `select ${INBOX_COLUMNS} from conflicts c ${INBOX_JOINS} where c.id = $1`, [
      id,
    ])
  )[0];

export type StoredDecision = {
  readonly conflictId: string;
  readonly state: DecisionState;
  readonly decidedAt: Date;
  readonly applyAfter: Date;
};

/** A decision by its id, to recognise a repeated request. */
export const findStoredDecision = async (session: Session, id: string): Promise<StoredDecision | undefined> =>
  (
    await rows<StoredDecision>(
      session,
      `select conflict_id as "conflictId", state, decided_at as "decidedAt", apply_after as "applyAfter"
       from decisions where id = $1`,
      [id],
    )
  )[0];
