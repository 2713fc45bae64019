import { ApplicationFailure } from '@temporalio/common';
import { DECISION_FAILURES } from '../domain/errors.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import { moveConflicts } from '../db/stores/conflicts.js';
import { moveDecisions, ticketToReadAgain } from '../db/stores/decisions.js';
import { lockTicketsOfCases } from '../db/stores/ticket-locks.js';
import { decisionRecord, holdCases, planCases, settleCases, type DecidedCase } from './carry-out.js';
import { standingOf } from './conflicts.js';
import type { ConflictStanding, Decided, DecideInput } from './contract.js';
import { recordDecisions, refuse } from './decide-cases.js';
import type { ActivityDeps } from './deps.js';
import { stageTicketReading } from './fetch-ticket.js';

/** One decision; see `recordDecisions`. @throws ApplicationFailure with a type of `DECISION_FAILURES` */
export const recordDecision = (deps: ActivityDeps, input: DecideInput): Promise<Decided> =>
  inTransaction(deps.db, async (session) => {
    const recorded = await recordDecisions(session, [input], { graceMs: deps.graceMs, bulkId: null });
    const answer = recorded.get(input.decisionId);
    if (answer === undefined || answer instanceof ApplicationFailure) throw answer ?? noSuchDecision();
    return answer;
  });

const noSuchDecision = () => refuse(DECISION_FAILURES.closed, 'there is no such decision');

/** The case and its decision, held until the transaction ends. */
async function holdCase(session: Session, one: DecidedCase) {
  const [held] = await holdCases(session, [one]);
  if (held === undefined) throw noSuchDecision();
  return held;
}

/** Takes a decision back while its grace time lasts; nothing was written. One of a bulk goes back with all of it. */
export const withdrawDecision = (
  deps: ActivityDeps,
  input: DecidedCase & { readonly actorId: string },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    const { conflict, decision } = await holdCase(session, input);
    if (decision.state === 'withdrawn') return;
    if (decision.bulkId !== null) throw refuse(DECISION_FAILURES.closed, 'the decision is one of a bulk');
    const moved = await moveDecisions(session, [decision], 'grace', 'withdrawn');
    if (!moved.has(decision.id))
      throw refuse(DECISION_FAILURES.closed, `the decision is ${decision.state}`, { state: decision.state });
    await moveConflicts(session, [{ id: conflict.id }], ['deciding'], 'open');
    await writeAudit(session, [
      decisionRecord(decision, { kind: 'person', id: input.actorId }, 'decision.withdrawn', {}),
    ]);
    await notifyChange(session, 'conflicts', [conflict.id]);
  });

/**
 * The grace time of one decision is over; see `planCases`. `replan`: the whole bridge may be concerned. *Retry* of a
 * record that could not be read asks Zammad for its ticket again first.
 */
export async function planDecision(
  deps: ActivityDeps,
  input: DecidedCase,
): Promise<{ readonly stale: boolean; readonly replan: boolean }> {
  const planned = await inTransaction(deps.db, async (session) => {
    await lockTicketsOfCases(session, [input.conflictId]);
    const [one] = await planCases(session, [await holdCase(session, input)]);
    return { stale: one?.outcome !== 'planned', replan: one?.replan ?? false };
  });
  if (!planned.stale) await readAgainIfAsked(deps, input);
  return planned;
}

async function readAgainIfAsked(deps: ActivityDeps, { conflictId, decisionId }: DecidedCase): Promise<void> {
  const asked = await ticketToReadAgain({ db: deps.db, tx: null }, conflictId, decisionId);
  if (asked === null) return;
  await stageTicketReading(
    deps,
    asked.connectorId,
    await deps.connectors.source(asked.connectorId),
    asked.ticketId,
  );
}

/** After the writes of one decision; see `settleCases`. */
export const settleDecision = (deps: ActivityDeps, input: DecidedCase): Promise<ConflictStanding> =>
  inTransaction(deps.db, async (session) => {
    await settleCases(session, [await holdCase(session, input)]);
    return standingOf(session, input.conflictId);
  });
