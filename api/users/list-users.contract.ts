import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';
import { user } from './user-shape.contract.js';

export const listUsers = contract({
  id: 'listUsers',
  method: 'get',
  path: `${API_PREFIX}/users`,
  summary: 'All users',
  access: 'admin',
  reply: closed({ items: list(user()) }),
});
