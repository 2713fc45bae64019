import { API_PREFIX, contract } from '../contract.js';
import { closed, json, list } from '../fields.contract.js';
import { connectorKind } from './connector-shape.contract.js';

export const listConnectorKinds = contract({
  id: 'listConnectorKinds',
  method: 'get',
  path: `${API_PREFIX}/connector-kinds`,
  summary: 'The systems that can be connected, and the fields each needs',
  access: 'viewer',
  reply: closed({
    items: list(closed({ kind: connectorKind().required(), descriptor: json().required() })),
  }),
});
