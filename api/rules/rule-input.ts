import { randomUUID } from 'node:crypto';
import type { RuleInput } from '../../db/stores/rules.js';
import { isHiddenFromRules, KINDS_FOR_RULES, ruleMayChoose } from '../../domain/rules.js';
import type { BodyOf } from '../contract.js';
import type { Issue } from '../http/problem.js';
import type { replaceRules } from './replace-rules.contract.js';

type Given = BodyOf<typeof replaceRules>['items'][number];

/** What a rule names that no rule may see or do; `path` is where it stands in the body. */
export function issuesOfRule(rule: Given, path: string): Issue[] {
  const issues: Issue[] = [];
  const add = (member: string, name: string, must: string) =>
    issues.push({ in: 'body', path: `${path}.${member}`, rule: name, message: `${path}.${member} ${must}` });
  const { kinds = KINDS_FOR_RULES } = rule.when;
  const hidden = kinds.find(isHiddenFromRules);
  if (hidden !== undefined) add('when.kinds', 'not-shown', `must not name "${hidden}": rules never see it`);
  const { then } = rule;
  if (then !== 'ask' && !kinds.some((kind) => ruleMayChoose(then, kind)))
    add('then', 'never-by-rule', `must not be "${then}": only a person may choose that`);
  return issues;
}

/** As it is stored; one without an id is new. */
export const ruleOf = (rule: Given): RuleInput => ({
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
