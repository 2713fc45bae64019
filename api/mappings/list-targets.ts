import { findBridge } from '../../db/stores/bridges.js';
import { searchCatalogue } from '../../db/stores/catalogue-view.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { listTargets } from './list-targets.contract.js';
import { presentTarget, TARGET_KINDS } from './target-kinds.js';

export const listTargetsEndpoint = endpoint(listTargets, async ({ db }, { params, query }) => {
  const session = { db, tx: null };
  const bridge = await findBridge(session, params.bridgeId);
  if (!bridge) throw notFound('bridge');
  const { q = '', limit } = query;
  const found = await searchCatalogue(session, bridge.target.id, TARGET_KINDS[params.kind], { q, limit });
  return { total: found.total, items: found.items.map(presentTarget) };
});
