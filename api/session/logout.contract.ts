import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';

export const logout = contract({
  id: 'logout',
  method: 'post',
  path: `${API_PREFIX}/session/logout`,
  summary: 'End the session on the server',
  access: 'public',
  status: 204,
  reply: nothing,
});
