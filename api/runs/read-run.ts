import { readRun as findRun } from '../../db/stores/runs-view.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { presentRun } from './present-run.js';
import { readRun } from './read-run.contract.js';

export const readRunEndpoint = endpoint(readRun, async ({ db, settings }, { params }) => {
  const run = await findRun({ db, tx: null }, params.runId);
  if (!run) throw notFound('run');
  return { run: presentRun(run, settings), sums: run.sums };
});
