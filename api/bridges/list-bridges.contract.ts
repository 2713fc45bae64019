import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';
import { bridge } from './bridge-shape.contract.js';

export const listBridges = contract({
  id: 'listBridges',
  method: 'get',
  path: `${API_PREFIX}/bridges`,
  summary: 'All bridges',
  access: 'viewer',
  reply: closed({ items: list(bridge()) }),
});
