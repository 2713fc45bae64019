import { API_PREFIX, contract } from '../contract.js';
import { closed, rowId } from '../fields.contract.js';
import { undoQuery, undoReply } from './undo-fields.contract.js';

/** What was taken back waits as a question of kind `reverted`; how far it is: GET /undos/:undoId. */
export const undoRun = contract({
  id: 'undoRun',
  method: 'post',
  path: `${API_PREFIX}/runs/:runId/undo`,
  summary: 'Take back what a run wrote',
  access: 'admin',
  status: 202,
  params: closed({ runId: rowId().required() }),
  query: undoQuery(),
  reply: undoReply(),
});
