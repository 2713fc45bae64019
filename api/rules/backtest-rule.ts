import { findBridge } from '../../db/stores/bridges.js';
import { recordedCases } from '../../db/stores/recorded-cases.js';
import { listRules, type RuleRecord } from '../../db/stores/rules.js';
import { backtest, backtestSummary } from '../../domain/backtest.js';
import { endpoint } from '../endpoint.js';
import { invalidInput, notFound } from '../http/problem.js';
import { backtestRule, MOST_EXAMPLES, MOST_RECORDED } from './backtest-rule.contract.js';
import { issuesOfRule, ruleOf } from './rule-input.js';

export const backtestRuleEndpoint = endpoint(backtestRule, async ({ db }, { params, body }) => {
  const session = { db, tx: null };
  if (!(await findBridge(session, params.bridgeId))) throw notFound('bridge');
  const issues = issuesOfRule(body.rule, 'rule');
  if (issues.length > 0) throw invalidInput(issues);
  const rule = { ...ruleOf(body.rule), revision: 0 };
  const before = rulesBefore(await listRules(session, params.bridgeId), rule.id, body.place);
  const recorded = await recordedCases(session, params.bridgeId, MOST_RECORDED);
  const result = backtest(rule, recorded, before);
  const cases = new Map(recorded.map((one) => [one.conflictId, one]));
  return {
    ...result,
    different: result.different.length,
    summary: backtestSummary(result),
    examples: result.different.slice(0, MOST_EXAMPLES).flatMap((one) => {
      const known = cases.get(one.conflictId);
      return known ? [{ ...known, decidedAt: known.decidedAt.toISOString(), rule: one.rule }] : [];
    }),
  };
});

/** The rules in force that are tried before the one of this id, at its place (counted from 1) or where it stands. */
function rulesBefore(
  rules: readonly RuleRecord[],
  id: string,
  place: number | undefined,
): readonly RuleRecord[] {
  const stands = rules.findIndex((rule) => rule.id === id);
  const others = rules.filter((rule) => rule.id !== id);
  const count = place === undefined ? (stands < 0 ? others.length : stands) : place - 1;
  return others.slice(0, count).filter(({ enabled }) => enabled);
}
