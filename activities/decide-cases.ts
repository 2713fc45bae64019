import { ApplicationFailure } from '@temporalio/common';
import { validateDecision } from '../domain/decide.js';
import { DECISION_FAILURES } from '../domain/errors.js';
import { notifyChange } from '../db/notify.js';
import type { Session } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { isSeconded, secondPersonMissing } from '../domain/second-person.js';
import { readProposals, secondPersonLimits } from '../db/stores/proposals.js';
import { holdConflicts, moveConflicts, type ConflictRow } from '../db/stores/conflicts.js';
import { findDecisions, storeDecisions, type NewDecision } from '../db/stores/decisions.js';
import type { Decided, DecideInput } from './contract.js';

export const refuse = (type: string, message: string, details: unknown = null): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });

/** What became of each input, under its decision id: the answer, or why it was refused. */
export type Recorded = ReadonlyMap<string, Decided | ApplicationFailure>;

/**
 * Writes decisions and their audit records down, for every case that is open and still the one the person saw. One
 * case or a page of many, the rules are the same. Asked again with the same decision id it gives the first answer.
 * At most one decision a case.
 */
export async function recordDecisions(
  session: Session,
  inputs: readonly DecideInput[],
  { graceMs, bulkId }: { readonly graceMs: number; readonly bulkId: string | null },
): Promise<Recorded> {
  const conflicts = await holdConflicts(
    session,
    inputs.map((input) => input.conflictId),
  );
  const known = await findDecisions(
    session,
    inputs.map((input) => input.decisionId),
  );
  const alone = await lackSecondPerson(session, inputs, conflicts);
  const answers = new Map<string, Decided | ApplicationFailure>();
  const accepted: { readonly input: DecideInput; readonly conflict: ConflictRow }[] = [];
  for (const input of inputs) {
    const conflict = conflicts.get(input.conflictId);
    const before = known.get(input.decisionId);
    const refusal =
      before === undefined ? (refusalOf(conflict, input) ?? alone.get(input.decisionId) ?? null) : null;
    if (before !== undefined) answers.set(input.decisionId, decided(before.id, before.applyAfter, graceMs));
    else if (refusal !== null) answers.set(input.decisionId, refusal);
    else if (conflict !== undefined) accepted.push({ input, conflict });
  }
  if (accepted.length === 0) return answers;
  const applyAfter = await storeDecisions(
    session,
    accepted.map((one) => newDecision(one, bulkId)),
    graceMs,
  );
  for (const { input } of accepted)
    answers.set(input.decisionId, decided(input.decisionId, applyAfter, graceMs));
  await moveConflicts(
    session,
    accepted.map(({ conflict }) => ({ id: conflict.id })),
    ['open'],
    'deciding',
  );
  await writeAudit(
    session,
    accepted.map((one) => auditOf(one, bulkId)),
  );
  await notifyChange(
    session,
    'conflicts',
    accepted.map(({ conflict }) => conflict.id),
  );
  return answers;
}

const decided = (decisionId: string, applyAfter: Date, graceMs: number): Decided => ({
  decisionId,
  applyAfter: applyAfter.toISOString(),
  graceMs,
});

function refusalOf(conflict: ConflictRow | undefined, input: DecideInput): ApplicationFailure | null {
  if (conflict === undefined) return refuse(DECISION_FAILURES.closed, `there is no case ${input.conflictId}`);
  if (conflict.state !== 'open')
    return refuse(DECISION_FAILURES.closed, `the case is ${conflict.state}`, { state: conflict.state });
  if (conflict.version !== input.version)
    return refuse(DECISION_FAILURES.stale, 'the case changed since it was read', {
      version: conflict.version,
    });
  const problem = validateDecision(conflict.facts, input.choice, input.parameters);
  return problem === null ? null : refuse(DECISION_FAILURES.invalid, problem.code, problem);
}

/** Decisions that take two people, and on which nobody else has said the same yet. */
async function lackSecondPerson(
  session: Session,
  inputs: readonly DecideInput[],
  conflicts: ReadonlyMap<string, ConflictRow>,
): Promise<ReadonlyMap<string, ApplicationFailure>> {
  const limits = await secondPersonLimits(session, [...conflicts.values()]);
  if (limits.size === 0) return new Map();
  const proposals = await readProposals(session, [...limits.keys()]);
  return new Map(
    inputs.flatMap((input) => {
      const limit = limits.get(input.conflictId);
      const own = proposals.filter(
        ({ conflictId, version }) => conflictId === input.conflictId && version === input.version,
      );
      if (limit === undefined || isSeconded(own, input.actor.id, input)) return [];
      const { code, facts } = secondPersonMissing(limit);
      return [[input.decisionId, refuse(DECISION_FAILURES.invalid, code, { code, facts })] as const];
    }),
  );
}

type Accepted = { readonly input: DecideInput; readonly conflict: ConflictRow };

const newDecision = ({ input, conflict }: Accepted, bulkId: string | null): NewDecision => ({
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
  bulkId,
});

const auditOf = ({ input, conflict }: Accepted, bulkId: string | null): AuditRecord => ({
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
    ...(bulkId === null ? {} : { bulkId }),
  },
});
