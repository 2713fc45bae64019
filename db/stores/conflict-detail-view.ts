import type { ConflictFacts } from '../../domain/conflict.js';
import { row, rows, type Session } from '../sql.js';
import {
  DECISION_JSON,
  INBOX_COLUMNS,
  INBOX_JOINS,
  type DecisionRecord,
  type InboxRow,
} from './conflicts-view.js';

export type ConflictDetailRow = InboxRow & {
  readonly facts: ConflictFacts;
  readonly sourceConnectorId: string;
  readonly targetConnectorId: string;
  readonly sourceWebUrl: string;
  readonly targetWebUrl: string;
  /** Of the bridge, as its source connector has it. */
  readonly timeZone: string;
};

export const readConflictDetail = (session: Session, id: string): Promise<ConflictDetailRow | undefined> =>
  row<ConflictDetailRow>(
    session,
    `select ${INBOX_COLUMNS}, c.facts, b.source_connector_id as "sourceConnectorId",
       b.target_connector_id as "targetConnectorId", s.web_url as "sourceWebUrl", t.web_url as "targetWebUrl",
       s.time_zone as "timeZone"
     from conflicts c ${INBOX_JOINS} join connectors s on s.id = b.source_connector_id
     join connectors t on t.id = b.target_connector_id where c.id = $1`,
    [id],
  );

export type EntryRecord = {
  readonly id: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  readonly ticketMerged: boolean;
  readonly customerName: string | null;
  readonly unitText: string;
  readonly seconds: number | null;
  readonly activityTypeId: string | null;
  readonly activityTypeName: string | null;
  readonly userName: string;
  readonly userEmail: string | null;
  readonly description: string;
  readonly entryDate: string;
  readonly bookedAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  readonly tags: readonly string[];
};

/** More than this nobody reads in one case; a gap may have thousands behind it. */
const MAX_ENTRIES = 200;

const ENTRY_SELECT = `select e.id, k.kind as "sourceKind", e.source_id as "sourceId", e.ticket_id as "ticketId",
    coalesce(t.number, e.ticket_id) as "ticketNumber", coalesce(t.title, '') as "ticketTitle",
    coalesce(t.merged, false) as "ticketMerged",
    coalesce(t.organization_name, t.customer_name) as "customerName", e.unit_text as "unitText", e.seconds,
    e.activity_type_id as "activityTypeId", e.activity_type_name as "activityTypeName", e.user_name as "userName",
    e.user_email as "userEmail", e.description, e.entry_date as "entryDate", e.booked_at as "bookedAt",
    e.source_updated_at as "updatedAt", e.deleted_at as "deletedAt", e.tags
  from time_entries e join connectors k on k.id = e.connector_id
  left join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id`;

/** The entries of a case, the largest first. */
export const entriesOfConflict = (session: Session, conflictId: string): Promise<EntryRecord[]> =>
  rows<EntryRecord>(
    session,
    `${ENTRY_SELECT} where e.id in (select time_entry_id from conflict_entries where conflict_id = $1)
     order by abs(coalesce(e.seconds, 0)) desc, e.id limit ${MAX_ENTRIES}`,
    [conflictId],
  );

/** One entry by our own id. */
export const readEntry = (session: Session, id: string): Promise<EntryRecord | undefined> =>
  row<EntryRecord>(session, `${ENTRY_SELECT} where e.id = $1`, [id]);

export type PreviousDecision = {
  readonly conflictId: string;
  readonly ticketNumber: string | null;
  readonly secondsAtStake: number;
  readonly decision: DecisionRecord;
};

/** What was decided before for the same customer and kind, the newest first. */
export const decisionsAlike = (
  session: Session,
  conflict: InboxRow,
  limit: number,
): Promise<PreviousDecision[]> =>
  rows<PreviousDecision>(
    session,
    `select c.id as "conflictId", c.ticket_number as "ticketNumber", c.seconds_at_stake as "secondsAtStake",
       ${DECISION_JSON} as decision
     from conflicts c join decisions d on d.id = c.closing_decision_id
     where c.customer_key = $1 and c.kind = $2 and c.id <> $3 and c.state = 'closed' order by c.id desc limit $4`,
    [conflict.customerKey, conflict.kind, conflict.id, limit],
  );

/** The decision that closed a case; null when nobody decided it. */
export async function closingDecision(session: Session, conflictId: string): Promise<DecisionRecord | null> {
  const found = await row<{ decision: DecisionRecord }>(
    session,
    `select ${DECISION_JSON} as decision from conflicts c join decisions d on d.id = c.closing_decision_id where c.id = $1`,
    [conflictId],
  );
  return found?.decision ?? null;
}
