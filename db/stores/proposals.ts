import type { Choice, ConflictFacts, DecisionParameters } from '../../domain/conflict.js';
import { secondPersonFrom } from '../../domain/second-person.js';
import { affected, rows, type Session } from '../sql.js';

/** What a person would decide, about the facts of one version. */
export type Proposal = {
  readonly conflictId: string;
  readonly userId: string;
  readonly userName: string;
  readonly version: string;
  readonly choice: Choice;
  readonly parameters: DecisionParameters;
  readonly note: string | null;
  readonly proposedAt: Date;
};

/** Keeps it in place of what the same person proposed before; returns whether it is another proposal than that one. */
export async function storeProposal(
  session: Session,
  { conflictId, userId, userName, version, choice, parameters, note }: Omit<Proposal, 'proposedAt'>,
): Promise<boolean> {
  const stored = await affected(
    session,
    `insert into proposals (conflict_id, user_id, user_name, version, choice, parameters, note)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7)
     on conflict (conflict_id, user_id) do update set user_name = excluded.user_name, version = excluded.version,
       choice = excluded.choice, parameters = excluded.parameters, note = excluded.note, proposed_at = now()
     where (proposals.version, proposals.choice, proposals.parameters, proposals.note)
       is distinct from (excluded.version, excluded.choice, excluded.parameters, excluded.note)
     returning 1`,
    [conflictId, userId, userName, version, choice, JSON.stringify(parameters), note],
  );
  return stored > 0;
}

/** What was proposed about these cases as they are now, the oldest first. */
export const readProposals = (session: Session, conflictIds: readonly string[]): Promise<Proposal[]> =>
  rows<Proposal>(
    session,
    `select p.conflict_id as "conflictId", p.user_id as "userId", p.user_name as "userName", p.version, p.choice,
       p.parameters, p.note, p.proposed_at as "proposedAt"
     from proposals p join conflicts c on c.id = p.conflict_id and c.version = p.version
     where p.conflict_id = any($1::bigint[]) order by p.proposed_at`,
    [[...conflictIds]],
  );

type Case = {
  readonly id: string;
  readonly bridgeId: string;
  readonly facts: Pick<ConflictFacts, 'kind' | 'secondsAtStake'>;
};

/** From how much time on each of these cases takes two people; those that one may decide are left out. */
export async function secondPersonLimits(
  session: Session,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ id: string; seconds: number | null }>(
    session,
    `select id, (policies ->> 'fourEyesSeconds')::int as seconds from bridges where id = any($1::text[])`,
    [[...new Set(cases.map(({ bridgeId }) => bridgeId))]],
  );
  const byBridge = new Map(found.map(({ id, seconds }) => [id, seconds]));
  return new Map(
    cases.flatMap(({ id, bridgeId, facts }) => {
      const limit = secondPersonFrom({ fourEyesSeconds: byBridge.get(bridgeId) ?? null }, facts);
      return limit === null ? [] : [[id, limit] as const];
    }),
  );
}
