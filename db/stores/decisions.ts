import type { Choice, DecisionParameters } from '../../domain/conflict.js';
import { row, rows, type Session } from '../sql.js';

export type DecisionState = 'grace' | 'withdrawn' | 'applying' | 'applied' | 'stale' | 'failed';

export type DecisionRow = {
  readonly id: string;
  readonly conflictId: string;
  readonly bridgeId: string;
  readonly subject: string;
  readonly version: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly state: DecisionState;
  readonly actorKind: 'person' | 'rule' | 'settings';
  readonly actorId: string;
  readonly applyAfter: Date;
  /** Set when it is one of many that were decided together. */
  readonly bulkId: string | null;
};

export type NewDecision = Omit<DecisionRow, 'state' | 'applyAfter'> & {
  readonly kind: string;
  readonly note: string | null;
  readonly actorName: string;
};

/** Writes decisions down; the grace time runs on the database's clock, one for all of them. */
export async function storeDecisions(
  session: Session,
  decisions: readonly NewDecision[],
  graceMs: number,
): Promise<Date> {
  const stored = await row<{ apply_after: Date }>(
    session,
    `insert into decisions (state, apply_after, id, conflict_id, bridge_id, subject, kind, version, choice, parameters,
       note, actor_kind, actor_id, actor_name, bulk_id)
     select 'grace', now() + make_interval(secs => $1), * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[],
       $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::text[], $11::text[], $12::text[], $13::text[], $14::uuid[])
     returning apply_after`,
    [
      graceMs / 1000,
      decisions.map((d) => d.id),
      decisions.map((d) => d.conflictId),
      decisions.map((d) => d.bridgeId),
      decisions.map((d) => d.subject),
      decisions.map((d) => d.kind),
      decisions.map((d) => d.version),
      decisions.map((d) => d.choice),
      decisions.map((d) => JSON.stringify(d.parameters)),
      decisions.map((d) => d.note),
      decisions.map((d) => d.actorKind),
      decisions.map((d) => d.actorId),
      decisions.map((d) => d.actorName),
      decisions.map((d) => d.bulkId),
    ],
  );
  if (stored === undefined) throw new Error('no decision was stored');
  return stored.apply_after;
}

const COLUMNS = `id, conflict_id as "conflictId", bridge_id as "bridgeId", subject, version, choice, parameters, state,
  actor_kind as "actorKind", actor_id as "actorId", apply_after as "applyAfter", bulk_id as "bulkId"`;

/** Decisions by id, held until the transaction ends. */
export async function findDecisions(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DecisionRow>> {
  const found = await rows<DecisionRow>(
    session,
    `select ${COLUMNS} from decisions where id = any($1::uuid[]) order by id for update`,
    [[...ids]],
  );
  return new Map(found.map((decision) => [decision.id, decision]));
}

/** The decision of a case that is not finished. */
export const runningDecision = (session: Session, conflictId: string) =>
  row<{ id: string; state: DecisionState; apply_after: Date; bulk_id: string | null }>(
    session,
    `select id, state, apply_after, bulk_id from decisions where conflict_id = $1 and state in ('grace', 'applying')
     order by decided_at desc limit 1`,
    [conflictId],
  );

/** Decisions, held until the transaction ends, that can still be taken back though their case is closed; not those of a bulk. */
export const overtakenDecisions = (
  session: Session,
  conflictIds: readonly string[],
): Promise<DecisionRow[]> =>
  rows<DecisionRow>(
    session,
    `select ${COLUMNS} from decisions where conflict_id = any($1::bigint[]) and state = 'grace' and bulk_id is null
       and exists (select 1 from conflicts c where c.id = conflict_id and c.state = 'closed') order by id for update`,
    [[...conflictIds]],
  );

export type DecisionMove = { readonly id: string; readonly outcome?: unknown };

/** Compare and set; returns the ids of those that were in state `from`. */
export async function moveDecisions(
  session: Session,
  moves: readonly DecisionMove[],
  from: DecisionState,
  to: DecisionState,
): Promise<ReadonlySet<string>> {
  if (moves.length === 0) return new Set();
  const moved = await rows<{ id: string }>(
    session,
    `update decisions d set state = $2, outcome = coalesce(m.outcome, d.outcome),
       finished_at = case when $2 in ('withdrawn', 'applied', 'stale', 'failed') then now() end
     from unnest($3::uuid[], $4::jsonb[]) as m (id, outcome) where d.id = m.id and d.state = $1 returning d.id`,
    [
      from,
      to,
      moves.map((m) => m.id),
      moves.map((m) => (m.outcome === null || m.outcome === undefined ? null : JSON.stringify(m.outcome))),
    ],
  );
  return new Set(moved.map(({ id }) => id));
}

/** The cases that decisions are about whose processes carry them out themselves (those of a bulk have one for all). */
export async function conflictsOfDecisions(
  session: Session,
  decisionIds: readonly string[],
): Promise<string[]> {
  const found = await rows<{ conflict_id: string }>(
    session,
    'select distinct conflict_id from decisions where id = any($1::uuid[]) and bulk_id is null',
    [[...decisionIds]],
  );
  return found.map((r) => r.conflict_id);
}

/** The ticket whose unreadable record a decision wants read once more; null for any other decision. */
export async function ticketToReadAgain(
  session: Session,
  conflictId: string,
  decisionId: string,
): Promise<{ readonly connectorId: string; readonly ticketId: string } | null> {
  const found = await row<{ connectorId: string; ticketId: string }>(
    session,
    `select e.connector_id as "connectorId", e.ticket_id as "ticketId"
     from decisions d join conflicts c on c.id = d.conflict_id join conflict_entries ce on ce.conflict_id = c.id
     join time_entries e on e.id = ce.time_entry_id
     where d.id = $2 and c.id = $1 and c.kind = 'unreadable' and d.choice = 'retry' and e.ticket_id <> '' limit 1`,
    [conflictId, decisionId],
  );
  return found ?? null;
}
