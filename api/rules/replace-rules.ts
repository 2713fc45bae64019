import { randomUUID } from 'node:crypto';
import { writeAudit } from '../../db/stores/audit.js';
import { findBridge, markOpenEntriesDirty } from '../../db/stores/bridges.js';
import { listRules, replaceRules as storeRules, type RuleInput } from '../../db/stores/rules.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { isHiddenFromRules, ruleMayChoose } from '../../domain/rules.js';
import { didBy } from '../audit-record.js';
import type { BodyOf } from '../contract.js';
import { endpoint } from '../endpoint.js';
import { invalidInput, notFound, type Issue } from '../http/problem.js';
import { presentRule } from './present-rule.js';
import { replaceRules } from './replace-rules.contract.js';

const VISIBLE = CONFLICT_KINDS.filter((kind) => !isHiddenFromRules(kind));

type Given = BodyOf<typeof replaceRules>['items'][number];

export const replaceRulesEndpoint = endpoint(replaceRules, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    const { bridgeId } = params;
    if (!(await findBridge(session, bridgeId, true))) throw notFound('bridge');
    const issues = body.items.flatMap(issuesOf);
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

function issuesOf(rule: Given, index: number): Issue[] {
  const issues: Issue[] = [];
  const add = (member: string, rulename: string, must: string) =>
    issues.push({
      in: 'body',
      path: `items[${index}].${member}`,
      rule: rulename,
      message: `items[${index}].${member} ${must}`,
    });
  const { kinds = VISIBLE } = rule.when;
  const hidden = kinds.find(isHiddenFromRules);
  if (hidden !== undefined) add('when.kinds', 'not-shown', `must not name "${hidden}": rules never see it`);
  const { then } = rule;
  if (then !== 'ask' && !kinds.some((kind) => ruleMayChoose(then, kind)))
    add('then', 'never-by-rule', `must not be "${then}": only a person may choose that`);
  return issues;
}

const ruleOf = (rule: Given): RuleInput => ({
  id: rule.id ?? randomUUID(),
  name: rule.name,
  when: conditionOf(rule.when),
  then: rule.then,
  enabled: rule.enabled,
});

const conditionOf = ({
  kinds,
  customerKeys,
  userIds,
  activityTypeIds,
  secondsBelow,
  secondsFrom,
}: Given['when']) => ({
  ...(kinds && { kinds }),
  ...(customerKeys && { customerKeys }),
  ...(userIds && { userIds }),
  ...(activityTypeIds && { activityTypeIds }),
  ...(secondsBelow === undefined ? {} : { secondsBelow }),
  ...(secondsFrom === undefined ? {} : { secondsFrom }),
});
