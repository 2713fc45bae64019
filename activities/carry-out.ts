import { GAP_KINDS, type GapKind } from '../domain/conflict.js';
import { isRunGuard, RESTORED } from '../domain/guards.js';
import { reason } from '../domain/reason.js';
import { notifyChange } from '../db/notify.js';
import type { Session } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { markConflictsDirty } from '../db/stores/bridge-entries.js';
import { goOnAfterRestore, markHeldDirty, skipHeld } from '../db/stores/guard-holds.js';
import { closeConflicts, holdConflicts, moveConflicts, type ConflictRow } from '../db/stores/conflicts.js';
import {
  findDecisions,
  moveDecisions,
  overtakenDecisions,
  type DecisionRow,
} from '../db/stores/decisions.js';
import { dropHeld, openIntentsOfDecisions, releaseHeld } from '../db/stores/ledger.js';
import { storeMapping } from '../db/stores/mapping-decisions.js';

/** A decision with the case it is about. */
export type DecidedCase = { readonly conflictId: string; readonly decisionId: string };
type Held = { readonly conflict: ConflictRow; readonly decision: DecisionRow };

/** `vanished`: the question is gone by itself, nothing is left to do. `over`: withdrawn, or ended before. */
export type PlannedCase = DecidedCase & {
  readonly outcome: 'planned' | 'stale' | 'vanished' | 'over';
  /** More of the bridge than the case's own entries has to be planned again. */
  readonly replan: boolean;
};
export type SettledCase = DecidedCase & {
  readonly outcome: 'applied' | 'failed' | 'waiting' | 'over';
  readonly why: unknown;
};

/** Cases first, then decisions: everybody locks in this order. Pairs of which one does not exist are left out. */
export async function holdCases(session: Session, cases: readonly DecidedCase[]): Promise<Held[]> {
  const conflicts = await holdConflicts(
    session,
    cases.map(({ conflictId }) => conflictId),
  );
  const decisions = await findDecisions(
    session,
    cases.map(({ decisionId }) => decisionId),
  );
  return cases.flatMap(({ conflictId, decisionId }) => {
    const conflict = conflicts.get(conflictId);
    const decision = decisions.get(decisionId);
    return conflict === undefined || decision === undefined ? [] : [{ conflict, decision }];
  });
}

const replans = ({ kind }: ConflictRow): boolean => isGapKind(kind) || kind === 'guard';
const isGapKind = (kind: ConflictRow['kind']): kind is GapKind => GAP_KINDS.some((gap) => gap === kind);

/**
 * The grace time is over: compares the versions once more and puts the decisions in force. A gap is closed by its
 * mapping, a guard by what it held, everything else by the plan that is made next.
 */
export async function planCases(session: Session, held: readonly Held[]): Promise<PlannedCase[]> {
  const planned = held.map((one) => ({ ...one, outcome: outcomeOf(one) }));
  const due = planned.filter(({ outcome, decision }) => outcome === 'planned' && decision.state === 'grace');
  await moveDecisions(
    session,
    due.map(({ decision }) => decision),
    'grace',
    'applying',
  );
  await moveConflicts(
    session,
    due.map(({ conflict }) => ({ id: conflict.id })),
    ['deciding', 'open'],
    'applying',
  );
  for (const one of due) await putInForce(session, one);
  await markConflictsDirty(
    session,
    due.filter(({ conflict }) => conflict.kind !== 'guard').map(({ conflict }) => conflict.id),
  );
  await reopen(
    session,
    planned.filter(({ outcome }) => outcome === 'stale'),
    'stale',
    () => reason('facts_changed'),
  );
  await endAsVanished(
    session,
    planned.filter(({ outcome }) => outcome === 'vanished').map(({ decision }) => decision),
  );
  return planned.map(({ conflict, decision, outcome }) => ({
    conflictId: conflict.id,
    decisionId: decision.id,
    outcome,
    replan: outcome === 'planned' && replans(conflict),
  }));
}

/**
 * These cases may have vanished while their decision could still be taken back: their processes end now, so the decisions
 * end with them. Those of a bulk are ended by its process.
 */
export const endOvertaken = async (session: Session, conflictIds: readonly string[]): Promise<void> =>
  endAsVanished(session, await overtakenDecisions(session, conflictIds));

async function endAsVanished(session: Session, decisions: readonly DecisionRow[]): Promise<void> {
  if (decisions.length === 0) return;
  const why = reason('case_vanished');
  await moveDecisions(
    session,
    decisions.map(({ id }) => ({ id, outcome: why })),
    'grace',
    'stale',
  );
  await writeAudit(
    session,
    decisions.map((decision) =>
      decisionRecord(decision, { kind: 'system', id: null }, 'decision.stale', { why }),
    ),
  );
}

function outcomeOf({ conflict, decision }: Held): PlannedCase['outcome'] {
  if (decision.state === 'applying') return 'planned';
  if (decision.state !== 'grace') return 'over';
  if (conflict.state === 'closed') return 'vanished';
  return decision.version === conflict.version ? 'planned' : 'stale';
}

async function putInForce(session: Session, { conflict, decision }: Held): Promise<void> {
  const { bridgeId, kind, facts, subject } = conflict;
  if (isGapKind(kind)) {
    const targetId = decision.choice === 'map' ? (decision.parameters.targetId ?? null) : null;
    await storeMapping(session, bridgeId, kind, facts.gap?.key ?? '', targetId, decision.actorId);
  } else if (kind === 'guard') {
    await answerGuard(session, bridgeId, subject, decision.choice === 'go_ahead');
  }
}

/** What one plan held is planned again, with the answer in force; what a whole run held is released or left. */
async function answerGuard(
  session: Session,
  bridgeId: string,
  subject: string,
  goesAhead: boolean,
): Promise<void> {
  if (goesAhead && subject === RESTORED) await goOnAfterRestore(session, bridgeId);
  if (goesAhead || !isRunGuard(subject)) await markHeldDirty(session, bridgeId, subject);
  else await skipHeld(session, bridgeId, subject);
  if (goesAhead) await releaseHeld(session, bridgeId, subject);
  else await dropHeld(session, bridgeId, subject);
}

/** After the writes: closes cases, opens them again with the reason, or says that something is still under way. */
export async function settleCases(session: Session, held: readonly Held[]): Promise<SettledCase[]> {
  const underWay = await openIntentsOfDecisions(
    session,
    held.map(({ decision }) => decision.id),
  );
  const settled = held.map((one) => ({
    ...one,
    outcome: settledOutcome(one, underWay.has(one.decision.id)),
  }));
  const applied = settled.filter(({ outcome }) => outcome === 'applied');
  await moveDecisions(
    session,
    applied.map(({ decision }) => ({ id: decision.id })),
    'applying',
    'applied',
  );
  await closeConflicts(
    session,
    applied.map(({ conflict, decision }) => ({ conflictId: conflict.id, decisionId: decision.id })),
  );
  await writeAudit(
    session,
    applied.map(({ decision }) => appliedRecord(decision)),
  );
  await reopen(
    session,
    settled.filter(({ outcome }) => outcome === 'failed'),
    'failed',
    ({ conflict }) => conflict.reopenedWhy,
  );
  if (applied.length > 0)
    await notifyChange(
      session,
      'conflicts',
      applied.map(({ conflict }) => conflict.id),
    );
  return settled.map(({ conflict, decision, outcome }) => ({
    conflictId: conflict.id,
    decisionId: decision.id,
    outcome,
    why: conflict.reopenedWhy,
  }));
}

function settledOutcome({ conflict, decision }: Held, underWay: boolean): SettledCase['outcome'] {
  if (decision.state !== 'applying') return 'over';
  if (conflict.reopenedWhy !== null) return 'failed';
  return underWay ? 'waiting' : 'applied';
}

async function reopen(
  session: Session,
  held: readonly Held[],
  state: 'stale' | 'failed',
  whyOf: (held: Held) => unknown,
): Promise<void> {
  if (held.length === 0) return;
  const from = state === 'stale' ? 'grace' : 'applying';
  await moveDecisions(
    session,
    held.map((one) => ({ id: one.decision.id, outcome: whyOf(one) })),
    from,
    state,
  );
  const moves = held.map((one) => ({ id: one.conflict.id, why: whyOf(one) }));
  await moveConflicts(session, moves, ['deciding', 'applying'], 'open');
  await writeAudit(
    session,
    held.map((one) =>
      decisionRecord(one.decision, { kind: 'system', id: null }, `decision.${state}`, { why: whyOf(one) }),
    ),
  );
  await notifyChange(
    session,
    'conflicts',
    held.map(({ conflict }) => conflict.id),
  );
}

const appliedRecord = (decision: DecisionRow): AuditRecord =>
  decisionRecord(decision, { kind: 'person', id: decision.actorId }, `decision.${decision.choice}`, {
    parameters: decision.parameters,
  });

export const decisionRecord = (
  decision: DecisionRow,
  actor: AuditRecord['actor'],
  action: string,
  details: Readonly<Record<string, unknown>>,
): AuditRecord => ({
  bridgeId: decision.bridgeId,
  runId: null,
  actor,
  action,
  subject: { kind: 'conflict', id: decision.conflictId },
  version: decision.version,
  details: { decisionId: decision.id, choice: decision.choice, ...details },
});
