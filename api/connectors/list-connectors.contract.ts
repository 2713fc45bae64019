import { API_PREFIX, contract } from '../contract.js';
import { closed, list } from '../fields.contract.js';
import { connector } from './connector-shape.contract.js';

export const listConnectors = contract({
  id: 'listConnectors',
  method: 'get',
  path: `${API_PREFIX}/connectors`,
  summary: 'All configured systems and their health',
  access: 'viewer',
  reply: closed({ items: list(connector()) }),
});
