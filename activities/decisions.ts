import { ApplicationFailure } from '@temporalio/common';
import { GAP_KINDS, type GapKind } from '../domain/conflict.js';
import { validateDecision } from '../domain/decide.js';
import { DECISION_FAILURES } from '../domain/errors.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { markConflictDirty, markHeldDirty } from '../db/stores/bridge-entries.js';
import { closeConflict, findConflict, moveConflict, type ConflictRow } from '../db/stores/conflicts.js';
import { findDecision, moveDecision, storeDecision, type DecisionRow } from '../db/stores/decisions.js';
import { dropHeld, openIntentsOfDecision, releaseHeld } from '../db/stores/ledger.js';
import { storeMapping } from '../db/stores/mapping-decisions.js';
import type { ConflictStanding, Decided, DecideInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { standingOf } from './conflicts.js';

const refuse = (type: string, message: string, details: unknown = null): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });

const actionOf = (d: DecisionRow): string => `decision.${d.choice}`;

/**
 * Writes a decision and its audit record down, if the case is open and still the one the person saw. Asked again with
 * the same decision id it gives the first answer.
 */
export const recordDecision = (deps: ActivityDeps, input: DecideInput): Promise<Decided> =>
  inTransaction(deps.db, async (session) => {
    const conflict = await findConflict(session, input.conflictId, true);
    if (conflict === undefined)
      throw refuse(DECISION_FAILURES.closed, `there is no case ${input.conflictId}`);
    const known = await findDecision(session, input.decisionId);
    if (known !== undefined) return decided(known, known.applyAfter, deps.graceMs);
    assertDecidable(conflict, input);
    const applyAfter = await storeDecision(session, {
      id: input.decisionId,
      conflictId: conflict.id,
      bridgeId: conflict.bridgeId,
      subject: conflict.subject,
      kind: conflict.kind,
      version: input.version,
      choice: input.choice,
      parameters: input.parameters,
      note: input.note,
      actorKind: input.actor.kind,
      actorId: input.actor.id,
      actorName: input.actor.name,
      graceMs: deps.graceMs,
    });
    await moveConflict(session, conflict.id, ['open'], 'deciding');
    await writeAudit(session, [
      {
        bridgeId: conflict.bridgeId,
        runId: null,
        actor: { kind: 'person', id: input.actor.id },
        action: 'decision.recorded',
        subject: { kind: 'conflict', id: conflict.id },
        version: input.version,
        details: {
          decisionId: input.decisionId,
          kind: conflict.kind,
          choice: input.choice,
          parameters: input.parameters,
          note: input.note,
          by: input.actor.name,
          before: { base: conflict.facts.base, source: conflict.facts.source, target: conflict.facts.target },
        },
      },
    ]);
    await notifyChange(session, 'conflicts', [conflict.id]);
    return decided({ id: input.decisionId }, applyAfter, deps.graceMs);
  });

const decided = ({ id }: { readonly id: string }, applyAfter: Date, graceMs: number): Decided => ({
  decisionId: id,
  applyAfter: applyAfter.toISOString(),
  graceMs,
});

function assertDecidable(conflict: ConflictRow, input: DecideInput): void {
  if (conflict.state !== 'open')
    throw refuse(DECISION_FAILURES.closed, `the case is ${conflict.state}`, { state: conflict.state });
  if (conflict.version !== input.version)
    throw refuse(DECISION_FAILURES.stale, 'the case changed since it was read', {
      version: conflict.version,
    });
  const problem = validateDecision(conflict.facts, input.choice, input.parameters);
  if (problem !== null) throw refuse(DECISION_FAILURES.invalid, problem.code, problem);
}

/** Takes a decision back while its grace time lasts; nothing was written. */
export const withdrawDecision = (
  deps: ActivityDeps,
  input: { readonly conflictId: string; readonly decisionId: string; readonly actorId: string },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const conflict = await findConflict(session, input.conflictId, true);
    const decision = await findDecision(session, input.decisionId);
    if (conflict === undefined || decision === undefined)
      throw refuse(DECISION_FAILURES.closed, 'there is no such decision');
    if (decision.state === 'withdrawn') return;
    if (!(await moveDecision(session, decision.id, 'grace', 'withdrawn')))
      throw refuse(DECISION_FAILURES.closed, `the decision is ${decision.state}`, { state: decision.state });
    await moveConflict(session, conflict.id, ['deciding'], 'open');
    await audit(session, decision, { kind: 'person', id: input.actorId }, 'decision.withdrawn', {});
    await notifyChange(session, 'conflicts', [conflict.id]);
  });

/**
 * The grace time is over: compares the version once more and puts the decision in force. A gap is closed by its
 * mapping, a guard by what it held, everything else by the plan that is made next; `replan` says that a whole bridge
 * may be concerned.
 */
export const planDecision = (
  deps: ActivityDeps,
  { conflictId, decisionId }: { readonly conflictId: string; readonly decisionId: string },
): Promise<{ readonly stale: boolean; readonly replan: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const conflict = await findConflict(session, conflictId, true);
    const decision = await findDecision(session, decisionId);
    if (conflict === undefined || decision === undefined)
      throw refuse(DECISION_FAILURES.closed, 'there is no such decision');
    const replan = isGapKind(conflict.kind) || conflict.kind === 'guard';
    if (decision.state === 'applying') return { stale: false, replan };
    if (decision.state !== 'grace') return { stale: true, replan: false };
    if (decision.version !== conflict.version) {
      await reopen(session, conflict, decision, 'stale', { code: 'facts_changed', facts: {} });
      return { stale: true, replan: false };
    }
    await moveDecision(session, decision.id, 'grace', 'applying');
    await moveConflict(session, conflict.id, ['deciding', 'open'], 'applying');
    if (isGapKind(conflict.kind)) await applyToGap(session, conflict, conflict.kind, decision);
    else if (conflict.kind === 'guard') await applyToGuard(session, conflict, decision);
    else await markConflictDirty(session, conflict.id);
    return { stale: false, replan };
  });

const isGapKind = (kind: ConflictRow['kind']): kind is GapKind => GAP_KINDS.some((gap) => gap === kind);

async function applyToGap(
  session: Session,
  conflict: ConflictRow,
  kind: GapKind,
  decision: DecisionRow,
): Promise<void> {
  const key = conflict.facts.gap?.key ?? '';
  const targetId = decision.choice === 'map' ? (decision.parameters.targetId ?? null) : null;
  await storeMapping(session, conflict.bridgeId, kind, key, targetId, decision.actorId);
  await markConflictDirty(session, conflict.id);
}

async function applyToGuard(session: Session, conflict: ConflictRow, decision: DecisionRow): Promise<void> {
  if (decision.choice === 'go_ahead') await releaseHeld(session, conflict.bridgeId, conflict.subject);
  else await dropHeld(session, conflict.bridgeId, conflict.subject);
  await markHeldDirty(session, conflict.bridgeId, conflict.facts.why.code);
}

async function reopen(
  session: Session,
  conflict: ConflictRow,
  decision: DecisionRow,
  state: 'stale' | 'failed',
  why: unknown,
): Promise<void> {
  await moveDecision(session, decision.id, decision.state, state, why);
  await moveConflict(session, conflict.id, ['deciding', 'applying'], 'open', why);
  await audit(session, decision, { kind: 'system', id: null }, `decision.${state}`, { why });
  await notifyChange(session, 'conflicts', [conflict.id]);
}

/** After the writes: closes the case, opens it again with the reason, or says that something is still under way. */
export const settleDecision = (
  deps: ActivityDeps,
  { conflictId, decisionId }: { readonly conflictId: string; readonly decisionId: string },
): Promise<ConflictStanding> =>
  inTransaction(deps.db, async (session) => {
    const conflict = await findConflict(session, conflictId, true);
    const decision = await findDecision(session, decisionId);
    if (conflict === undefined || decision === undefined)
      throw refuse(DECISION_FAILURES.closed, 'there is no such decision');
    if (decision.state !== 'applying') return standingOf(session, conflictId);
    if (conflict.reopenedWhy !== null) {
      await reopen(session, conflict, decision, 'failed', conflict.reopenedWhy);
      return standingOf(session, conflictId);
    }
    if ((await openIntentsOfDecision(session, decision.id)) > 0) return standingOf(session, conflictId);
    await moveDecision(session, decision.id, 'applying', 'applied');
    await closeConflict(session, conflict.id, 'decided', decision.id);
    await audit(session, decision, { kind: 'person', id: decision.actorId }, actionOf(decision), {
      parameters: decision.parameters,
    });
    await notifyChange(session, 'conflicts', [conflict.id]);
    return standingOf(session, conflictId);
  });

const audit = (
  session: Session,
  decision: DecisionRow,
  actor: { readonly kind: 'person' | 'system'; readonly id: string | null },
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> =>
  writeAudit(session, [
    {
      bridgeId: decision.bridgeId,
      runId: null,
      actor,
      action,
      subject: { kind: 'conflict', id: decision.conflictId },
      version: decision.version,
      details: { decisionId: decision.id, choice: decision.choice, ...details },
    },
  ]);
