import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';
import { bridge } from './bridge-shape.contract.js';

export const readBridge = contract({
  id: 'readBridge',
  method: 'get',
  path: `${API_PREFIX}/bridges/:bridgeId`,
  summary: 'One bridge with its settings, its schedule and where its entries stand',
  access: 'viewer',
  params: closed({ bridgeId: slug().required() }),
  reply: closed({ bridge: bridge() }),
});
