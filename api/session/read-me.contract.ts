import { API_PREFIX, contract } from '../contract.js';
import { closed } from '../fields.contract.js';
import { me } from './session-shape.contract.js';

export const readMe = contract({
  id: 'readMe',
  method: 'get',
  path: `${API_PREFIX}/session`,
  summary: 'Who is logged in',
  access: 'viewer',
  reply: closed({ user: me() }),
});
