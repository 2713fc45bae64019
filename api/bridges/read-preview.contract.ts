import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';
import { preview } from './preview-shape.contract.js';

export const readPreview = contract({
  id: 'readPreview',
  method: 'get',
  path: `${API_PREFIX}/bridges/:bridgeId/preview`,
  summary: 'The newest preview of a bridge, or how far it is; null when there was none',
  access: 'viewer',
  params: closed({ bridgeId: slug().required() }),
  reply: closed({ preview: preview().nullable().defined() }),
});
