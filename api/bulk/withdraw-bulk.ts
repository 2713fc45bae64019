import { readBulk } from '../../db/stores/bulks.js';
import { DECISION_FAILURES } from '../../domain/errors.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { withdrawBulk } from './withdraw-bulk.contract.js';

export const withdrawBulkEndpoint = endpoint(withdrawBulk, async ({ db, gateway }, { params, actor }) => {
  const { bulkId } = params;
  const bulk = await readBulk({ db, tx: null }, bulkId);
  if (!bulk) throw notFound('bulk decision');
  if (bulk.state === 'withdrawn') return null;
  try {
    await orUnavailable(gateway.withdrawBulk({ bulkId, actorId: actor.userId }));
  } catch (failure) {
    throw isTooLate(failure) ? tooLate() : failure;
  }
  return null;
});

const isTooLate = (failure: unknown): boolean =>
  failure instanceof TemporalCallError &&
  (failure.kind === 'not_found' ||
    (failure.kind === 'rejected' && failure.type === DECISION_FAILURES.closed));

const tooLate = () =>
  new Problem(409, 'too-late', 'The grace time is over, the decisions are being applied; undo them instead');
