import { API_PREFIX, contract } from '../contract.js';
import { closed, uuid } from '../fields.contract.js';
import { undoQuery, undoReply } from './undo-fields.contract.js';

/** What was taken back waits as a question of kind `reverted`; how far it is: GET /undos/:undoId. */
export const undoBulk = contract({
  id: 'undoBulk',
  method: 'post',
  path: `${API_PREFIX}/bulk/:bulkId/undo`,
  summary: 'Take back what a bulk decision wrote',
  access: 'approver',
  status: 202,
  params: closed({ bulkId: uuid().required() }),
  query: undoQuery(),
  reply: undoReply(),
});
