import { findCheck } from '../../db/stores/connector-checks.js';
import { findConnector } from '../../db/stores/connectors.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable, temporalUnavailable } from '../http/outage-problem.js';
import { checkConnector } from './check-connector.contract.js';

export const checkConnectorEndpoint = endpoint(checkConnector, async ({ db, gateway }, { params }) => {
  const connector = await findConnector({ db, tx: null }, params.connectorId);
  if (!connector) throw notFound('connector');
  if (!connector.hasToken) {
    throw new Problem(409, 'token-missing', 'There is no token to test with; store one first', {
      field: 'token',
    });
  }
  if (!(await gateway.reachable())) throw temporalUnavailable();
  try {
    const { checkId } = await orUnavailable(gateway.checkConnector(connector.id));
    const result = await findCheck({ db, tx: null }, checkId);
    if (result === undefined) throw tooOld();
    const { ok, findings, samples } = result;
    return {
      ok,
      findings: findings.map(({ level, code, facts }) => ({
        ...{ level, code, facts: { system: connector.name, ...facts } },
      })),
      samples: [...samples],
    };
  } catch (failure) {
    if (failure instanceof TemporalCallError) throw checkFailed(failure);
    throw failure instanceof Problem && failure.status === 503 ? tooSlow() : failure;
  }
});

/** Temporal answered a moment ago, so it is the check itself that takes too long. */
const tooSlow = () =>
  new Problem(
    504,
    'check-timeout',
    'The check did not finish in a minute; the system behind it may be very slow, or no worker runs',
  );

/** A worker of an earlier release says itself what it found, and stores nothing to read. */
const tooOld = () =>
  new Problem(
    502,
    'check-failed',
    'What the check found is not there; test again once every worker is upgraded',
  );

const checkFailed = (failure: TemporalCallError) =>
  new Problem(502, 'check-failed', `The check could not be done: ${failure.message}`, {
    reason: failure.type,
  });
