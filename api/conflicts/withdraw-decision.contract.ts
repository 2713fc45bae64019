import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, rowId, uuid } from '../fields.contract.js';

/** 409 `too-late` once the grace time is over. */
export const withdrawDecision = contract({
  id: 'withdrawDecision',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/decision/withdraw`,
  summary: 'Take a decision back within the grace time',
  access: 'approver',
  status: 204,
  params: closed({ conflictId: rowId().required() }),
  body: closed({ decisionId: uuid().required() }),
  reply: nothing,
});
