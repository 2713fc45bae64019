import { findBridge } from '../../db/stores/bridges.js';
import { listRules as readRules } from '../../db/stores/rules.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { listRules } from './list-rules.contract.js';
import { presentRule } from './present-rule.js';

export const listRulesEndpoint = endpoint(listRules, async ({ db }, { params }) => {
  const session = { db, tx: null };
  if (!(await findBridge(session, params.bridgeId))) throw notFound('bridge');
  return { items: (await readRules(session, params.bridgeId)).map(presentRule) };
});
