import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';
import { apiToken } from './token-shape.contract.js';

export const listApiTokens = contract({
  id: 'listApiTokens',
  method: 'get',
  path: `${API_PREFIX}/api-tokens`,
  summary: 'Own API tokens; for an admin those of all users',
  access: 'viewer',
  reply: closed({ items: list(apiToken()) }),
});
