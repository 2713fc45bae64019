import { readInboxRow } from '../../db/stores/conflicts-view.js';
import { DECISION_FAILURES } from '../../domain/errors.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { withdrawDecision } from './withdraw-decision.contract.js';

export const withdrawDecisionEndpoint = endpoint(
  withdrawDecision,
  async ({ db, gateway }, { params, body, actor }) => {
    const { conflictId } = params;
    if (!(await readInboxRow({ db, tx: null }, conflictId))) throw notFound('conflict');
    try {
      const { decisionId } = body;
      await orUnavailable(gateway.withdrawDecision({ conflictId, decisionId, actorId: actor.userId }));
    } catch (failure) {
      throw isTooLate(failure) ? tooLate() : failure;
    }
    return null;
  },
);

const isTooLate = (failure: unknown): boolean =>
  failure instanceof TemporalCallError &&
  (failure.kind === 'not_found' ||
    (failure.kind === 'rejected' && failure.type === DECISION_FAILURES.closed));

const tooLate = () =>
  new Problem(
    409,
    'too-late',
    'The grace time is over, the decision is being applied; undo what it wrote instead',
  );
