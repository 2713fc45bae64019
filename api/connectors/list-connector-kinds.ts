import { DESCRIBED } from '../../connectors/descriptor.js';
import { CONNECTOR_KINDS } from '../../domain/connector-kinds.js';
import { endpoint } from '../endpoint.js';
import { listConnectorKinds } from './list-connector-kinds.contract.js';

export const listConnectorKindsEndpoint = endpoint(listConnectorKinds, async () => ({
  items: CONNECTOR_KINDS.map((kind) => ({ kind, descriptor: DESCRIBED[kind].descriptor })),
}));
