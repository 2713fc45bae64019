import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, uuid } from '../fields.contract.js';

/** 409 `too-late` once the grace time is over. */
export const withdrawBulk = contract({
  id: 'withdrawBulk',
  method: 'post',
  path: `${API_PREFIX}/bulk/:bulkId/withdraw`,
  summary: 'Take a bulk decision back, all of it, within the grace time',
  access: 'approver',
  status: 204,
  params: closed({ bulkId: uuid().required() }),
  reply: nothing,
});
