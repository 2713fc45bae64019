import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug } from '../fields.contract.js';
import { mappingKind, mappingRow } from './mapping-shape.contract.js';

export const listMappings = contract({
  id: 'listMappings',
  method: 'get',
  path: `${API_PREFIX}/bridges/:bridgeId/mappings/:kind`,
  summary: 'All source items of a kind with their mapping; those that hold entries back first',
  access: 'viewer',
  params: closed({ bridgeId: slug().required(), kind: mappingKind() }),
  reply: closed({ items: list(mappingRow()) }),
});
