import { readConflictDetail, type ConflictDetailRow } from '../../db/stores/conflict-detail-view.js';
import { readInboxRow, type InboxRow } from '../../db/stores/conflicts-view.js';
import type { Choice, DecisionParameters } from '../../domain/conflict.js';
import { validateDecision } from '../../domain/decide.js';
import { DECISION_FAILURES } from '../../domain/errors.js';
import { TemporalCallError } from '../../temporal/errors.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { presentConflict, presentDecision } from './present-conflict.js';
import { presentDetail } from './read-conflict.js';

type Deps = Pick<ApiDeps, 'db' | 'settings'>;

/** Whether the choice can be made of the case as it stands. @throws Problem `not-open`, `stale` or `invalid-decision` */
export async function assertDecidable(
  deps: Deps,
  conflict: ConflictDetailRow,
  {
    version,
    choice,
    parameters,
  }: { readonly version: string; readonly choice: Choice; readonly parameters: DecisionParameters },
  language: string,
): Promise<void> {
  if (conflict.state !== 'open') throw notOpen(conflict);
  if (conflict.version !== version) throw await staleProblem(deps, conflict.id, language);
  const refusal = validateDecision(conflict.facts, choice, parameters);
  if (refusal) throw invalidDecision(refusal);
}

/** Awaits a call about a decision; what the process refused becomes a problem that says what is there now. */
export async function tellRefusal<T>(
  deps: Deps,
  conflictId: string,
  language: string,
  call: Promise<T>,
): Promise<T> {
  try {
    return await orUnavailable(call);
  } catch (failure) {
    if (!(failure instanceof TemporalCallError) || failure.kind !== 'rejected') throw failure;
    throw await problemOf(deps, conflictId, language, failure);
  }
}

async function problemOf(deps: Deps, conflictId: string, language: string, failure: TemporalCallError) {
  if (failure.type === DECISION_FAILURES.stale) return staleProblem(deps, conflictId, language);
  if (failure.type === DECISION_FAILURES.invalid) {
    return invalidDecision(failure.details[0] ?? { code: failure.message, facts: {} });
  }
  if (failure.type !== DECISION_FAILURES.closed) return failure;
  const conflict = await readInboxRow({ db: deps.db, tx: null }, conflictId);
  return conflict ? notOpen(conflict) : failure;
}

/** 422: the choice does not fit the case; `reason` is a code with facts, for a sentence. */
export const invalidDecision = (reason: unknown): Problem =>
  new Problem(422, 'invalid-decision', 'This cannot be chosen for this conflict now; the reason says why', {
    reason,
  });

/** 409: the facts are other ones now; the answer carries them, so that the person can look again at once. */
export async function staleProblem(
  { db, settings }: Deps,
  conflictId: string,
  language: string,
): Promise<Problem> {
  const conflict = await readConflictDetail({ db, tx: null }, conflictId);
  if (!conflict) return new Problem(404, 'not-found', 'There is no such conflict');
  return new Problem(
    409,
    'stale',
    'Something about this changed after you looked at it; look again and decide',
    {
      version: conflict.version,
      conflict: await presentDetail({ db, tx: null }, conflict, settings, language),
    },
  );
}

/** 409: somebody else was quicker, or the case vanished. */
export function notOpen(conflict: InboxRow): Problem {
  const { decision, state, closedWhy } = conflict;
  const by =
    decision && state !== 'open' ? `${decision.actorName} decided it already` : 'it is not open any more';
  return new Problem(409, 'not-open', `Nothing to decide here: ${by}`, {
    state,
    closedWhy,
    decision: decision && presentDecision(decision),
    conflict: presentConflict(conflict),
  });
}
