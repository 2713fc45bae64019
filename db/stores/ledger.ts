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
  /** A newer plan than the one that it is of does not want it, or wants something else. */
  readonly replan: boolean;
  readonly sentAt: Date | null;
  readonly runId: string | null;
  readonly decisionId: string | null;
  /** Set when it takes an earlier write back. */
  readonly undoId: string | null;
};

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

/**
 * Intents of these leads that the newest plan no longer has are dropped; those that are on their way are to be planned
 * again, whatever becomes of them.
 */
export async function dropUnplanned(
  session: Session,
  bridgeId: string,
  leadIds: readonly string[],
  intents: readonly Intent[],
): Promise<void> {
  await rows(
    session,
    `update ledger l set replan = l.state in ('claimed', 'sent'),
       state = case when l.state in ('planned', 'held') then 'dropped' else l.state end,
       answered_at = case when l.state in ('planned', 'held') then now() end,
       audited_at = case when l.state in ('planned', 'held') then now() end
     where bridge_id = $1 and lead_entry_id = any($2::bigint[]) and state in ('planned', 'held', 'claimed', 'sent')
       and undo_id is null and intent_key <> all($3::text[]) returning 1`,
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

export const scopeBinds = (scope: LedgerScope) => [
  scope.ticketId,
  scope.conflictId,
  scope.bulkId,
  scope.undoId,
];

/** Rows `l` in a scope; $1 is the bridge, $2 to $5 are `scopeBinds`. Provisions have claims of their own (`provisions.ts`). */
export const IN_SCOPE = `l.bridge_id = $1 and l.operation <> 'provision' and ($2::text is null or exists (
    select 1 from time_entries e where e.id = l.lead_entry_id and e.ticket_id = $2))
  and ($3::bigint is null or l.decision_id in (select id from decisions where conflict_id = $3)
    or l.lead_entry_id in (select time_entry_id from conflict_entries where conflict_id = $3))
  and ($4::uuid is null or l.decision_id in (select id from decisions where bulk_id = $4)
    or l.lead_entry_id in (select ce.time_entry_id from conflict_entries ce
      join bulk_items i on i.conflict_id = ce.conflict_id where i.bulk_id = $4))
  and ($5::uuid is null or l.undo_id = $5)`;

/** What is left to write; `next` is when something that waits may be looked at again. */
export type OpenIntents = { readonly ready: boolean; readonly waiting: boolean; readonly next: Date | null };

/** What is left in a scope: can be tried at once, or not before an instant. Never counts them, there may be many. */
export async function openIntents(
  session: Session,
  bridgeId: string,
  scope: LedgerScope,
): Promise<OpenIntents> {
  const found = await row<OpenIntents>(
    session,
    `select exists (select 1 from ledger l where ${IN_SCOPE} and l.state = 'planned'
         and (l.not_before is null or l.not_before <= now())) as ready,
       count(*) > 0 as waiting, min(greatest(coalesce(l.not_before, l.lease_until), now())) as next
     from ledger l where ${IN_SCOPE} and l.state in ('claimed', 'sent')`,
    [bridgeId, ...scopeBinds(scope)],
  );
  return found ?? { ready: false, waiting: false, next: null };
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
