import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, queryInt, slug } from '../fields.contract.js';
import { mappingKind, target } from './mapping-shape.contract.js';

export const listTargets = contract({
  id: 'listTargets',
  method: 'get',
  path: `${API_PREFIX}/bridges/:bridgeId/mappings/:kind/targets`,
  summary: 'What a source item of the kind can be mapped to',
  access: 'viewer',
  params: closed({ bridgeId: slug().required(), kind: mappingKind() }),
  query: closed({ q: yup.string().max(200), limit: queryInt().min(1).max(500).default(50) }),
  reply: closed({ items: list(target()), total: yup.number().required() }),
});
