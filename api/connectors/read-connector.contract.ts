import { API_PREFIX, contract } from '../contract.js';
import { closed, slug } from '../fields.contract.js';
import { connector } from './connector-shape.contract.js';

export const readConnector = contract({
  id: 'readConnector',
  method: 'get',
  path: `${API_PREFIX}/connectors/:connectorId`,
  summary: 'One configured system',
  access: 'viewer',
  params: closed({ connectorId: slug().required() }),
  reply: closed({ connector: connector() }),
});
