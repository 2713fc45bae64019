import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, rowId } from '../fields.contract.js';

/** What is written stays; the rest waits for the next run. 409 `run-finished` when it is over already. */
export const stopRun = contract({
  id: 'stopRun',
  method: 'post',
  path: `${API_PREFIX}/runs/:runId/stop`,
  summary: 'End a run after its current page',
  access: 'approver',
  status: 202,
  params: closed({ runId: rowId().required() }),
  reply: nothing,
});
