import type { RecordedCase } from '../../domain/backtest.js';
import type { Choice, ConflictKind } from '../../domain/conflict.js';
import { KINDS_FOR_RULES } from '../../domain/rules.js';
import { rows, type Session } from '../sql.js';

/** What tells a recorded case to people, beside what a rule may look at. */
export type RecordedCaseRow = RecordedCase & {
  readonly ticketNumber: string | null;
  readonly customerName: string | null;
  readonly secondsAtStake: number;
  readonly decidedAt: Date;
};

type Stored = Omit<RecordedCaseRow, 'rule'> & {
  readonly kind: ConflictKind;
  readonly customerKey: string | null;
  readonly userId: string | null;
  readonly activityTypeId: string | null;
  readonly open: readonly Choice[];
};

/**
 * Closed cases of a bridge that people decided, the newest first, of the kinds that rules see. Of the facts only what
 * a rule needs is read. The activity type is the one that the lead has now: a case does not keep its own.
 */
export async function recordedCases(
  session: Session,
  bridgeId: string,
  limit: number,
): Promise<RecordedCaseRow[]> {
  const found = await rows<Stored>(
    session,
    `select c.id as "conflictId", c.kind, c.customer_key as "customerKey", c.person_id as "userId",
       e.activity_type_id as "activityTypeId", c.seconds_at_stake as "secondsAtStake",
       c.ticket_number as "ticketNumber", c.customer_name as "customerName",
       jsonb_path_query_array(c.facts, '$.choices[*] ? (@.blocked == null).choice') as open,
       jsonb_array_length(c.facts -> 'candidates') as "candidateCount", d.choice as person, d.decided_at as "decidedAt"
     from conflicts c join decisions d on d.id = c.closing_decision_id
     left join time_entries e on e.id = (c.facts -> 'entryIds' ->> 0)::bigint
     where c.bridge_id = $1 and c.state = 'closed' and d.actor_kind = 'person' and c.kind = any($2::text[])
     order by c.closed_at desc, c.id desc limit $3`,
    [bridgeId, [...KINDS_FOR_RULES], limit],
  );
  return found.map(({ kind, customerKey, userId, activityTypeId, ...rest }) => ({
    ...rest,
    rule: {
      ...{ kind, activityTypeId, seconds: rest.secondsAtStake },
      customerKey: customerKey ?? '',
      userId: userId ?? '',
    },
  }));
}
