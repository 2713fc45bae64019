import { listBridges as readBridges } from '../../db/stores/bridges.js';
import { endpoint } from '../endpoint.js';
import { listBridges } from './list-bridges.contract.js';
import { presentBridges } from './present-bridge.js';

export const listBridgesEndpoint = endpoint(listBridges, async (deps) => {
  const session = { db: deps.db, tx: null };
  return { items: await presentBridges(deps, session, await readBridges(session)) };
});
