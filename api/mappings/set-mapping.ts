import { findBridge } from '../../db/stores/bridges.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { mapOne } from './map-one.js';
import { setMapping } from './set-mapping.contract.js';

export const setMappingEndpoint = endpoint(setMapping, async (deps, { params, body, actor }) => {
  const bridge = await findBridge({ db: deps.db, tx: null }, params.bridgeId);
  if (!bridge) throw notFound('bridge');
  return mapOne(deps, bridge.target.id, { ...params, ...body }, actor);
});
