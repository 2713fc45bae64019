import { API_PREFIX, contract } from '../contract.js';
import { closed, uuid } from '../fields.contract.js';
import { undoQuery, undoReply } from './undo-fields.contract.js';

/** What was taken back waits as a question of kind `reverted`; how far it is: GET /undos/:undoId. */
export const undoDecision = contract({
  id: 'undoDecision',
  method: 'post',
  path: `${API_PREFIX}/decisions/:decisionId/undo`,
  summary: 'Take back what a decision wrote',
  access: 'approver',
  status: 202,
  params: closed({ decisionId: uuid().required() }),
  query: undoQuery(),
  reply: undoReply(),
});
