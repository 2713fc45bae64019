import { listRunWrites as readWrites, type RunWrite } from '../../db/stores/run-writes.js';
import { readRun } from '../../db/stores/runs-view.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { timesheetUrl } from '../links.js';
import { listRunWrites } from './list-run-writes.contract.js';

export const listRunWritesEndpoint = endpoint(listRunWrites, async ({ db }, { params, query, actor }) => {
  const session = { db, tx: null };
  if (!(await readRun(session, params.runId))) throw notFound('run');
  const { total, items } = await readWrites(session, params.runId, query);
  return { total, items: items.map((write) => present(write, actor.language)) };
});

const present = ({ timesheetId, targetWebUrl, state, ...write }: RunWrite, language: string) => ({
  ...write,
  state: state === 'done' || state === 'refused' || state === 'dropped' ? state : ('open' as const),
  // A row that was deleted has no page any more.
  timesheetUrl:
    timesheetId === null || (write.operation === 'delete' && state === 'done')
      ? null
      : timesheetUrl(targetWebUrl, language, timesheetId),
});
