import type { Choice } from '../../domain/conflict.js';
import type { RuleCondition } from '../../domain/rules.js';
import { row, rows, type Session } from '../sql.js';

export type RuleRecord = {
  readonly id: string;
  readonly name: string;
  readonly when: RuleCondition;
  readonly then: Choice | 'ask';
  readonly enabled: boolean;
  readonly revision: number;
};

export const listRules = (session: Session, bridgeId: string): Promise<RuleRecord[]> =>
  rows<RuleRecord>(
    session,
    `select id, name, condition as "when", choice as "then", enabled, revision from rules
     where bridge_id = $1 order by position, id`,
    [bridgeId],
  );

/** Null when there is no such rule any more. */
export const nameOfRule = async (session: Session, ruleId: string): Promise<string | null> =>
  (await row<{ name: string }>(session, 'select name from rules where id::text = $1', [ruleId]))?.name ??
  null;

export type RuleInput = Omit<RuleRecord, 'id' | 'revision'> & { readonly id: string };

/** Sets all rules of a bridge in this order. A rule that differs from the stored one gets the next revision. */
export async function replaceRules(
  session: Session,
  bridgeId: string,
  rules: readonly RuleInput[],
): Promise<void> {
  await rows(session, 'delete from rules where bridge_id = $1 and id <> all($2::uuid[]) returning id', [
    bridgeId,
    rules.map((rule) => rule.id),
  ]);
  await rows(
    session,
    `insert into rules as r (id, bridge_id, position, name, condition, choice, enabled)
     select id, $1, place, name, condition, choice, enabled
     from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::bool[]) with ordinality
       as u (id, name, condition, choice, enabled, place)
     on conflict (id) do update set position = excluded.position, name = excluded.name, condition = excluded.condition,
       choice = excluded.choice, enabled = excluded.enabled,
       revision = r.revision + ((r.condition, r.choice) is distinct from (excluded.condition, excluded.choice))::int,
       updated_at = case when (r.name, r.condition, r.choice, r.enabled)
         is distinct from (excluded.name, excluded.condition, excluded.choice, excluded.enabled)
         then now() else r.updated_at end
     where r.bridge_id = $1 returning id`,
    [
      bridgeId,
      rules.map((rule) => rule.id),
      rules.map((rule) => rule.name),
      rules.map((rule) => JSON.stringify(rule.when)),
      rules.map((rule) => rule.then),
      rules.map((rule) => rule.enabled),
    ],
  );
}
