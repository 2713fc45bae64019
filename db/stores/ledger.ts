import type { Cause } from '../../domain/cause.js';
import type { Step } from '../../domain/plan.js';
import { affected, row, rows, type Session } from '../sql.js';

/** A step that writes to the target. */
export type WriteStep = Extract<Step, { kind: 'create' | 'update' | 'delete' }>;
/** Agreements that hold only once the write is done (a deduction: both or none). */
export type AcceptStep = Extract<Step, { kind: 'accept' }>;

export type Intent = {
  readonly step: WriteStep;
  readonly then: readonly AcceptStep[];
  /** Canonical text of what is sent; a refusal of the same is not tried again unasked. */
  readonly desiredKey: string;
};

export type LedgerRow = {
  readonly id: string;
  readonly bridgeId: string;
  readonly targetConnectorId: string;
  readonly operation: 'create' | 'update' | 'delete';
  readonly leadId: string;
  readonly marker: string | null;
  readonly targetUserId: string;
  readonly intent: Intent;
  readonly state: 'planned' | 'held' | 'claimed' | 'sent' | 'done' | 'refused' | 'dropped';
  readonly attempts: number;
  readonly lookups: number;
  /** Counts the claims; who claimed the row last is the only one who may go on with it. */
  readonly claim: number;
  readonly sentAt: Date | null;
  readonly runId: string | null;
  readonly decisionId: string | null;
  /** Set when it takes an earlier write back. */
  readonly undoId: string | null;
};

const COLUMNS = `l.id, l.bridge_id as "bridgeId", l.target_connector_id as "targetConnectorId", l.operation,
  l.lead_entry_id::text as "leadId", l.marker, l.target_user_id as "targetUserId", l.step as intent, l.state, l.attempts,
  l.lookups, l.claim, l.sent_at as "sentAt", l.run_id as "runId", l.decision_id as "decisionId", l.undo_id as "undoId"`;

/** Whose decision it is: the step's own, else that of the whole plan. */
const decisionOf = ({ step }: Intent, cause: Cause): string | null =>
  step.by.kind === 'decision' ? step.by.decisionId : cause.decisionId;

/** One open intent for each lead and row: what the unique index `ledger_intent_uq` keeps. */
const intentKey = ({ step }: Intent): string =>
  step.kind === 'create' ? `${step.leadId}/create/${step.sequence}` : `${step.leadId}/${step.row.externalId}`;

const userOf = ({ step }: Intent): string => (step.kind === 'create' ? step.desired.userId : step.row.userId);

/**
 * Writes down what shall be written, before it is. An intent that is planned already is replaced; one that is on its
 * way is left alone and asked to be planned again afterwards. Returns how many are planned now.
 */
export async function planIntents(
  session: Session,
  target: { readonly bridgeId: string; readonly targetConnectorId: string },
  intents: readonly Intent[],
  cause: Cause,
): Promise<number> {
  if (intents.length === 0) return 0;
  const stored = await rows<{ replan: boolean }>(
    session,
    `insert into ledger as l (bridge_id, target_connector_id, state, run_id, decision_id, intent_key, operation,
       lead_entry_id, external_id, marker, target_user_id, step, cause)
     select $1, $2, 'planned', $3::bigint, * from unnest($4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[],
       $9::text[], $10::text[], $11::jsonb[], $12::jsonb[])
     on conflict (bridge_id, intent_key) where state in ('planned', 'held', 'claimed', 'sent')
     do update set replan = l.state in ('claimed', 'sent'),
       step = case when l.state = 'planned' then excluded.step else l.step end,
       operation = case when l.state = 'planned' then excluded.operation else l.operation end,
       marker = case when l.state = 'planned' then excluded.marker else l.marker end,
       target_user_id = case when l.state = 'planned' then excluded.target_user_id else l.target_user_id end,
       cause = case when l.state = 'planned' then excluded.cause else l.cause end,
       run_id = coalesce(excluded.run_id, l.run_id), decision_id = coalesce(excluded.decision_id, l.decision_id)
     returning l.replan`,
    [
      target.bridgeId,
      target.targetConnectorId,
      cause.runId,
      intents.map((intent) => decisionOf(intent, cause)),
      intents.map(intentKey),
      intents.map(({ step }) => step.kind),
      intents.map(({ step }) => step.leadId),
      intents.map(({ step }) => (step.kind === 'create' ? null : step.row.externalId)),
      intents.map(({ step }) => (step.kind === 'create' ? step.marker : null)),
      intents.map(userOf),
      intents.map((intent) => JSON.stringify(intent)),
      intents.map(({ step }) => JSON.stringify(step.by)),
    ],
  );
  return stored.filter(({ replan }) => !replan).length;
}

/** Intents of these leads that the newest plan no longer has are dropped, unless they are on their way. */
export async function dropUnplanned(
  session: Session,
  bridgeId: string,
  leadIds: readonly string[],
  intents: readonly Intent[],
): Promise<void> {
  await rows(
    session,
    `update ledger set state = 'dropped', answered_at = now(), audited_at = now()
     where bridge_id = $1 and lead_entry_id = any($2::bigint[]) and state in ('planned', 'held') and undo_id is null
       and intent_key <> all($3::text[]) returning 1`,
    [bridgeId, [...leadIds], intents.map(intentKey)],
  );
}

/** What a process looks at; a member that is null does not narrow. */
export type LedgerScope = {
  readonly ticketId: string | null;
  readonly conflictId: string | null;
  readonly bulkId: string | null;
  readonly undoId: string | null;
};

const scopeBinds = (scope: LedgerScope) => [scope.ticketId, scope.conflictId, scope.bulkId, scope.undoId];

const IN_SCOPE = `l.bridge_id = $1 and ($2::text is null or exists (
    select 1 from time_entries e where e.id = l.lead_entry_id and e.ticket_id = $2))
  and ($3::bigint is null or l.decision_id in (select id from decisions where conflict_id = $3)
    or l.lead_entry_id in (select time_entry_id from conflict_entries where conflict_id = $3))
  and ($4::uuid is null or l.decision_id in (select id from decisions where bulk_id = $4)
    or l.lead_entry_id in (select ce.time_entry_id from conflict_entries ce
      join bulk_items i on i.conflict_id = ce.conflict_id where i.bulk_id = $4))
  and ($5::uuid is null or l.undo_id = $5)`;

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
    `update ledger l set lease_until = now() + make_interval(secs => $7), claim = l.claim + 1,
       attempts = case when l.state = 'sent' then l.attempts else l.attempts + 1 end,
       state = case when l.state = 'sent' then 'sent' else 'claimed' end
     where l.id in (
       select l.id from ledger l where ${IN_SCOPE}
         and (l.state = 'planned' or (l.state in ('claimed', 'sent') and l.lease_until < now()))
         and (l.not_before is null or l.not_before <= now())
         and not exists (select 1 from ledger o where o.target_connector_id = l.target_connector_id
           and o.target_user_id = l.target_user_id and o.state in ('claimed', 'sent') and o.lease_until > now())
       order by l.id limit $6 for update skip locked)
     returning ${COLUMNS}`,
    [bridgeId, ...scopeBinds(scope), claim.limit, claim.leaseSeconds],
  );
}

/** What is left in a scope: can be tried at once, or not before an instant. */
export async function openIntents(session: Session, bridgeId: string, scope: LedgerScope) {
  const found = await row<{ ready: string; waiting: string; next: Date | null }>(
    session,
    `select count(*) filter (where l.state = 'planned' and (l.not_before is null or l.not_before <= now())) as ready,
       count(*) filter (where l.state in ('claimed', 'sent')) as waiting,
       min(greatest(coalesce(l.not_before, l.lease_until), now())) filter (where l.state in ('claimed', 'sent')) as next
     from ledger l where ${IN_SCOPE} and l.state in ('planned', 'claimed', 'sent')`,
    [bridgeId, ...scopeBinds(scope)],
  );
  return {
    ready: Number(found?.ready ?? 0),
    waiting: Number(found?.waiting ?? 0),
    next: found?.next ?? null,
  };
}

/** A row as its claimer knows it. */
export type Claimed = Pick<LedgerRow, 'id' | 'claim'>;

const IS_CLAIMED = `from unnest($1::bigint[], $2::int[]) as c (id, claim) where l.id = c.id and l.claim = c.claim`;
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
    `update ledger l set state = 'planned', lease_until = null, not_before = null
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

/** Which of these decisions have writes that are not ended. */
export async function openIntentsOfDecisions(
  session: Session,
  decisionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    session,
    `select distinct decision_id as id from ledger
     where decision_id = any($1::uuid[]) and state in ('planned', 'claimed', 'sent')`,
    [[...decisionIds]],
  );
  return new Set(found.map(({ id }) => id));
}

/** Stops a class of a run's writes until an admin decides about the guard's subject. */
export const holdPlanned = (
  session: Session,
  runId: string,
  operation: 'update' | 'delete',
  subject: string,
): Promise<number> =>
  affected(
    session,
    `update ledger set state = 'held', cause = cause || jsonb_build_object('guard', $3::text)
     where run_id = $1 and decision_id is null and state = 'planned' and operation = $2 returning 1`,
    [runId, operation, subject],
  );

/** The admin said *go ahead*. */
export const releaseHeld = (session: Session, bridgeId: string, subject: string): Promise<number> =>
  affected(
    session,
    `update ledger set state = 'planned' where bridge_id = $1 and state = 'held' and cause ->> 'guard' = $2 returning 1`,
    [bridgeId, subject],
  );

/** The admin said *drop*: nothing of it is written; a later change of facts plans it anew. */
export const dropHeld = (session: Session, bridgeId: string, subject: string): Promise<number> =>
  affected(
    session,
    `update ledger set state = 'dropped', answered_at = now(), audited_at = now()
     where bridge_id = $1 and state = 'held' and cause ->> 'guard' = $2 returning 1`,
    [bridgeId, subject],
  );
