import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, rowId, uuid } from '../fields.contract.js';

export const assignConflict = contract({
  id: 'assignConflict',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/assignee`,
  summary: 'Hand over to a colleague, or to nobody',
  access: 'approver',
  status: 202,
  params: closed({ conflictId: rowId().required() }),
  body: closed({ assigneeId: uuid().nullable().defined() }),
  reply: nothing,
});
