import { findBridge } from '../../db/stores/bridges.js';
import type { Session } from '../../db/sql.js';
import type { ApiDeps } from '../deps.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import type { Bridge } from './bridge-shape.contract.js';
import { presentBridge } from './present-bridge.js';
import { readBridge } from './read-bridge.contract.js';

export const readBridgeEndpoint = endpoint(readBridge, async (deps, { params }) => ({
  bridge: await bridgeById(deps, { db: deps.db, tx: null }, params.bridgeId),
}));

/** @throws Problem 404 */
export async function bridgeById(deps: ApiDeps, session: Session, bridgeId: string): Promise<Bridge> {
  const bridge = await findBridge(session, bridgeId);
  if (!bridge) throw notFound('bridge');
  return presentBridge(deps, session, bridge);
}
