import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, uuid } from '../fields.contract.js';

export const deleteSavedView = contract({
  id: 'deleteSavedView',
  method: 'delete',
  path: `${API_PREFIX}/saved-views/:viewId`,
  summary: 'Forget a named filter',
  access: 'viewer',
  status: 204,
  params: closed({ viewId: uuid().required() }),
  reply: nothing,
});
