import { listConnectors as readConnectors } from '../../db/stores/connectors.js';
import { endpoint } from '../endpoint.js';
import { listConnectors } from './list-connectors.contract.js';
import { presentConnector } from './present-connector.js';

export const listConnectorsEndpoint = endpoint(listConnectors, async ({ db }) => ({
  items: (await readConnectors({ db, tx: null })).map(presentConnector),
}));
