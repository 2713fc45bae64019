import { writeAudit } from '../../db/stores/audit.js';
import { readRun } from '../../db/stores/runs-view.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { stopRun } from './stop-run.contract.js';

export const stopRunEndpoint = endpoint(stopRun, async ({ db, gateway }, { params, actor }) => {
  const run = await readRun({ db, tx: null }, params.runId);
  if (!run) throw notFound('run');
  if (run.state !== 'running') throw finished();
  try {
    await orUnavailable(gateway.stopRun(run.bridgeId));
  } catch (failure) {
    throw failure instanceof TemporalCallError && failure.kind === 'not_found' ? finished() : failure;
  }
  const { bridgeId } = run;
  await writeAudit({ db, tx: null }, [
    didBy(actor, { action: 'run.stopped', subject: { kind: 'run', id: run.id }, bridgeId }),
  ]);
  return null;
});

const finished = () => new Problem(409, 'run-finished', 'This run is over already');
