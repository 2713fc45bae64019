import { findConnector } from '../../db/stores/connectors.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { presentConnector } from './present-connector.js';
import { readConnector } from './read-connector.contract.js';

export const readConnectorEndpoint = endpoint(readConnector, async ({ db }, { params }) => {
  const connector = await findConnector({ db, tx: null }, params.connectorId);
  if (!connector) throw notFound('connector');
  return { connector: presentConnector(connector) };
});
