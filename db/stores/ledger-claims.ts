import { row, rows, type Session } from '../sql.js';
import { IN_SCOPE, scopeBinds, type LedgerRow, type LedgerScope } from './ledger.js';

const COLUMNS = `l.id, l.bridge_id as "bridgeId", l.target_connector_id as "targetConnectorId", l.operation,
  l.lead_entry_id::text as "leadId", l.marker, l.target_user_id as "targetUserId", l.step as intent, l.state, l.attempts,
  l.lookups, l.claim, l.replan, l.sent_at as "sentAt", l.run_id as "runId", l.decision_id as "decisionId", l.undo_id as "undoId"`;

/** Of people whose writes nobody holds: who that is is looked up once, not for each row. */
const READY = `l.state in ('planned', 'claimed', 'sent')
  and (l.state = 'planned' or (l.state in ('claimed', 'sent') and l.lease_until < now()))
  and (l.not_before is null or l.not_before <= now())
  and (l.target_connector_id, l.target_user_id) not in (select target_connector_id, target_user_id from busy)`;

/**
 * Beside a bulk's own rows those that somebody decided singly, which go first, and one person's rows alone: who clicks
 * while a thousand are written waits for a few of them.
 */
const DECIDED_SINGLY = `exists (select 1 from decisions d where d.id = l.decision_id and d.bulk_id is null)`;
const OF_BULK = `((${IN_SCOPE}) or (l.bridge_id = $1 and l.operation <> 'provision' and ${DECIDED_SINGLY})) and ${READY}`;
const BULK_ORDER = `not ${DECIDED_SINGLY}, l.id`;
const WANTED = {
  bulk: `${OF_BULK} and l.target_user_id = (
      select l.target_user_id from ledger l where ${OF_BULK} order by ${BULK_ORDER} limit 1) order by ${BULK_ORDER}`,
  others: `${IN_SCOPE} and ${READY} order by l.id`,
};

/**
 * Claims a page of what can be written now, with a lease: planned intents, claimed ones whose lease ran out before
 * anything was sent, and sent ones whose wait is over. Rows of a person whose writes somebody else holds are left.
 */
export async function claimIntents(
  session: Session,
  bridgeId: string,
  scope: LedgerScope,
  claim: { readonly limit: number; readonly leaseSeconds: number },
): Promise<LedgerRow[]> {
  await rows(session, `select pg_advisory_xact_lock(hashtextextended('claim/' || $1, 0))`, [bridgeId]);
  return rows<LedgerRow>(
    session,
    `with busy as materialized (select distinct target_connector_id, target_user_id from ledger
       where state in ('claimed', 'sent') and lease_until > now())
     update ledger l set lease_until = now() + make_interval(secs => $7), claim = l.claim + 1,
       attempts = case when l.state = 'sent' then l.attempts else l.attempts + 1 end,
       state = case when l.state = 'sent' then 'sent' else 'claimed' end
     where l.id in (
       select l.id from ledger l where ${scope.bulkId === null ? WANTED.others : WANTED.bulk} limit $6 for update skip locked)
     returning ${COLUMNS}`,
    [bridgeId, ...scopeBinds(scope), claim.limit, claim.leaseSeconds],
  );
}

/** A row as its claimer knows it. */
export type Claimed = Pick<LedgerRow, 'id' | 'claim'>;

/** The ids stand there twice: by the array the planner knows how few they are, whatever it knows of the table. */
const IS_CLAIMED = `from unnest($1::bigint[], $2::int[]) as c (id, claim)
  where l.id = any($1::bigint[]) and l.id = c.id and l.claim = c.claim`;
const claimBinds = (claimed: readonly Claimed[]) => [
  claimed.map(({ id }) => id),
  claimed.map(({ claim }) => claim),
];

/**
 * The requests go out now; for as long as an answer may take nobody else touches the rows. Returns the ids of those
 * that nobody took over: only they may be sent.
 */
export async function markSent(
  session: Session,
  claimed: readonly Claimed[],
  waitSeconds: number,
): Promise<ReadonlySet<string>> {
  const sent = await rows<{ id: string }>(
    session,
    `update ledger l set attempts = l.attempts + case when l.state = 'sent' then 1 else 0 end,
       state = 'sent', sent_at = now(), lookups = 0, not_before = now() + make_interval(secs => $3),
       lease_until = now() + make_interval(secs => $3)
     ${IS_CLAIMED} and l.state in ('claimed', 'sent') returning l.id`,
    [...claimBinds(claimed), waitSeconds],
  );
  return new Set(sent.map(({ id }) => id));
}

/** Sent rows of a group that have yet to go out keep their lease; the ids that nobody took over meanwhile. */
export async function renewSent(
  session: Session,
  claimed: readonly Claimed[],
  waitSeconds: number,
): Promise<ReadonlySet<string>> {
  const renewed = await rows<{ id: string }>(
    session,
    `update ledger l set sent_at = now(), not_before = now() + make_interval(secs => $3),
       lease_until = now() + make_interval(secs => $3) ${IS_CLAIMED} and l.state = 'sent' returning l.id`,
    [...claimBinds(claimed), waitSeconds],
  );
  return new Set(renewed.map(({ id }) => id));
}

/** Claimed rows go back to the plan. One that is `sent` stays: it may have been executed. */
export async function releaseClaimed(session: Session, claimed: readonly Claimed[]): Promise<void> {
  await rows(
    session,
    `update ledger l set state = 'planned', lease_until = null ${IS_CLAIMED} and l.state = 'claimed' returning 1`,
    claimBinds(claimed),
  );
}

/** Nothing went out, or the answer said so: even a row that is `sent` can be tried again. */
export async function releaseIntent(session: Session, claimed: Claimed): Promise<void> {
  await rows(
    session,
    `update ledger l set state = 'planned', sent_at = null, lease_until = null, not_before = null
     ${IS_CLAIMED} and l.state in ('claimed', 'sent') returning 1`,
    claimBinds([claimed]),
  );
}

/** No answer came and none will: the person's other writes may go on, this one waits for its look-up. */
export async function noteUnknown(session: Session, claimed: Claimed): Promise<void> {
  await rows(
    session,
    `update ledger l set lease_until = now() ${IS_CLAIMED} and l.state = 'sent' returning 1`,
    claimBinds([claimed]),
  );
}

/** A look-up found nothing; the next one is due after a pause. */
export async function noteLookup(session: Session, claimed: Claimed, pauseSeconds: number): Promise<void> {
  await rows(
    session,
    `update ledger l set lookups = l.lookups + 1, not_before = now() + make_interval(secs => $3),
       lease_until = now() ${IS_CLAIMED} and l.state = 'sent' returning 1`,
    [...claimBinds([claimed]), pauseSeconds],
  );
}

export type LedgerEnd = {
  readonly state: 'done' | 'refused' | 'dropped';
  /** What the target returned, or its refusal. */
  readonly answer: unknown;
  readonly before: unknown;
  readonly externalId: string | null;
};

/** Somebody else took the row over: what became of it is theirs to say. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/**
 * Ends an intent once; returns whether it is to be planned again because facts moved meanwhile.
 * @throws ClaimLost
 */
export async function endIntent(
  session: Session,
  claimed: Claimed,
  end: LedgerEnd,
): Promise<{ readonly replan: boolean }> {
  const ended = await row<{ replan: boolean }>(
    session,
    `update ledger l set state = $3, answered_at = now(), answer = $4::jsonb,
       before = case when l.undo_id is null then $5::jsonb else l.before end,
       external_id = coalesce($6, l.external_id), lease_until = null
     ${IS_CLAIMED} and l.state in ('claimed', 'sent') returning l.replan`,
    [
      ...claimBinds([claimed]),
      end.state,
      JSON.stringify(end.answer),
      JSON.stringify(end.before),
      end.externalId,
    ],
  );
  if (ended === undefined) throw new ClaimLost(`ledger row ${claimed.id} was taken over`);
  return { replan: ended.replan };
}
