import { findBridge } from '../../db/stores/bridges.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { mapOne } from './map-one.js';
import { setMappings } from './set-mappings.contract.js';

type Refused = { readonly sourceId: string; readonly code: string; readonly detail: string };

export const setMappingsEndpoint = endpoint(setMappings, async (deps, { params, body, actor }) => {
  const bridge = await findBridge({ db: deps.db, tx: null }, params.bridgeId);
  if (!bridge) throw notFound('bridge');
  const mapped: Awaited<ReturnType<typeof mapOne>>[] = [];
  const refused: Refused[] = [];
  for (const item of body.items) {
    try {
      mapped.push(await mapOne(deps, bridge.target.id, { ...params, ...item }, actor));
    } catch (failure) {
      // What is wrong with one says nothing about the others; an outage (5xx) does.
      if (!(failure instanceof Problem) || failure.status >= 500) throw failure;
      refused.push({ sourceId: item.sourceId, code: failure.code, detail: failure.message });
    }
  }
  return {
    saved: mapped.length,
    decisions: mapped.flatMap(({ decision }) => (decision ? [decision] : [])),
    replanned: mapped.reduce((sum, { replanned }) => sum + replanned, 0),
    refused,
  };
});
