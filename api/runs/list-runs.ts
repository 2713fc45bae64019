import { listRuns as readRuns } from '../../db/stores/runs-view.js';
import { endpoint } from '../endpoint.js';
import { listRuns } from './list-runs.contract.js';
import { presentRun } from './present-run.js';

export const listRunsEndpoint = endpoint(listRuns, async ({ db, settings }, { query }) => {
  const { bridge, state, offset, limit } = query;
  const { total, items } = await readRuns({ db, tx: null }, { bridge, states: state }, { offset, limit });
  return { total, items: items.map((run) => presentRun(run, settings)) };
});
