import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug } from '../fields.contract.js';
import { rule } from './rule-shape.contract.js';

export const listRules = contract({
  id: 'listRules',
  method: 'get',
  path: `${API_PREFIX}/bridges/:bridgeId/rules`,
  summary: 'The rules of a bridge, in the order they are tried',
  access: 'viewer',
  params: closed({ bridgeId: slug().required() }),
  reply: closed({ items: list(rule()) }),
});
