import { CONNECTOR_KINDS } from '../../connectors/descriptor.js';
import { endpoint } from '../endpoint.js';
import { CONNECTOR_KINDS as KINDS } from './connector-shape.contract.js';
import { listConnectorKinds } from './list-connector-kinds.contract.js';

export const listConnectorKindsEndpoint = endpoint(listConnectorKinds, async () => ({
  items: KINDS.map((kind) => ({ kind, descriptor: CONNECTOR_KINDS[kind].descriptor })),
}));
