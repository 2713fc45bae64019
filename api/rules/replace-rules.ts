import { writeAudit } from '../../db/stores/audit.js';
import { findBridge, markOpenEntriesDirty } from '../../db/stores/bridges.js';
import { listRules, replaceRules as storeRules } from '../../db/stores/rules.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { invalidInput, notFound } from '../http/problem.js';
import { presentRule } from './present-rule.js';
import { replaceRules } from './replace-rules.contract.js';
import { issuesOfRule, ruleOf } from './rule-input.js';

export const replaceRulesEndpoint = endpoint(replaceRules, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    const { bridgeId } = params;
    if (!(await findBridge(session, bridgeId, true))) throw notFound('bridge');
    const issues = body.items.flatMap((rule, index) => issuesOfRule(rule, `items[${index}]`));
    if (issues.length > 0) throw invalidInput(issues);
    const before = await listRules(session, bridgeId);
    await storeRules(session, bridgeId, body.items.map(ruleOf));
    await markOpenEntriesDirty(session, bridgeId);
    const after = await listRules(session, bridgeId);
    const subject = { kind: 'bridge', id: bridgeId };
    await writeAudit(session, [
      didBy(actor, { action: 'rules.changed', subject, bridgeId, details: { before, after } }),
    ]);
    await notifyChange(session, 'bridges', [bridgeId]);
    return { items: after.map(presentRule) };
  }),
);
