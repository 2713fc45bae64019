import { readBulk } from '../../db/stores/bulks.js';
import { readRun } from '../../db/stores/runs-view.js';
import { findStoredDecision } from '../../db/stores/conflicts-view.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { undoBulk } from './undo-bulk.contract.js';
import { undoDecision } from './undo-decision.contract.js';
import { undoRun } from './undo-run.contract.js';
import { takeBack } from './take-back.js';

export const undoDecisionEndpoint = endpoint(undoDecision, async (deps, { params, query, actor }) => {
  const { decisionId } = params;
  const decision = await findStoredDecision({ db: deps.db, tx: null }, decisionId);
  if (!decision) throw notFound('decision');
  if (decision.state !== 'applied')
    throw notDone('This decision is not applied; within its grace time withdraw it');
  return takeBack(
    deps,
    { kind: 'decision', subjectId: decisionId },
    { preview: query.preview === true, actor },
  );
});

export const undoBulkEndpoint = endpoint(undoBulk, async (deps, { params, query, actor }) => {
  const { bulkId } = params;
  const bulk = await readBulk({ db: deps.db, tx: null }, bulkId);
  if (!bulk) throw notFound('bulk decision');
  if (bulk.state !== 'done') throw notDone('This is not applied yet; within its grace time withdraw it');
  return takeBack(deps, { kind: 'bulk', subjectId: bulkId }, { preview: query.preview === true, actor });
});

/** Undoing a run pauses its bridge. */
export const undoRunEndpoint = endpoint(undoRun, async (deps, { params, query, actor }) => {
  const { runId } = params;
  const run = await readRun({ db: deps.db, tx: null }, runId);
  if (!run) throw notFound('run');
  if (run.state === 'running') throw notDone('This run is still going on; stop it first');
  return takeBack(deps, { kind: 'run', subjectId: runId }, { preview: query.preview === true, actor });
});

const notDone = (detail: string) => new Problem(409, 'not-applied', detail);
