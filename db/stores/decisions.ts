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
};

export type NewDecision = Omit<DecisionRow, 'state' | 'applyAfter'> & {
  readonly kind: string;
  readonly note: string | null;
  readonly actorName: string;
  readonly graceMs: number;
};

/** Writes a decision down; the grace time runs on the database's clock. */
export async function storeDecision(session: Session, d: NewDecision): Promise<Date> {
  const stored = await row<{ apply_after: Date }>(
    session,
    `insert into decisions (id, conflict_id, bridge_id, subject, kind, version, choice, parameters, note, actor_kind,
       actor_id, actor_name, state, apply_after)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, 'grace', now() + make_interval(secs => $13))
     returning apply_after`,
    [
      d.id,
      d.conflictId,
      d.bridgeId,
      d.subject,
      d.kind,
      d.version,
      d.choice,
      JSON.stringify(d.parameters),
      d.note,
      d.actorKind,
      d.actorId,
      d.actorName,
      d.graceMs / 1000,
    ],
  );
  if (stored === undefined) throw new Error(`decision ${d.id} was not stored`);
  return stored.apply_after;
}

export const findDecision = (session: Session, id: string): Promise<DecisionRow | undefined> =>
  row<DecisionRow>(
    session,
    `select id, conflict_id as "conflictId", bridge_id as "bridgeId", subject, version, choice, parameters, state,
       actor_kind as "actorKind", actor_id as "actorId", apply_after as "applyAfter" from decisions where id = $1 for update`,
    [id],
  );

/** The decision of a case that is not finished. */
export const runningDecision = (session: Session, conflictId: string) =>
  row<{ id: string; state: DecisionState; apply_after: Date }>(
    session,
    `select id, state, apply_after from decisions where conflict_id = $1 and state in ('grace', 'applying')
     order by decided_at desc limit 1`,
    [conflictId],
  );

/** Compare and set; false when it was in another state. */
export async function moveDecision(
  session: Session,
  id: string,
  from: DecisionState,
  to: DecisionState,
  outcome: unknown = null,
): Promise<boolean> {
  const moved = await rows(
    session,
    `update decisions set state = $3, outcome = coalesce($4::jsonb, outcome),
       finished_at = case when $3 in ('withdrawn', 'applied', 'stale', 'failed') then now() end
     where id = $1 and state = $2 returning 1`,
    [id, from, to, outcome === null ? null : JSON.stringify(outcome)],
  );
  return moved.length === 1;
}

/** The cases that decisions are about. */
export async function conflictsOfDecisions(
  session: Session,
  decisionIds: readonly string[],
): Promise<string[]> {
  const found = await rows<{ conflict_id: string }>(
    session,
    'select distinct conflict_id from decisions where id = any($1::uuid[])',
    [[...decisionIds]],
  );
  return found.map((r) => r.conflict_id);
}
