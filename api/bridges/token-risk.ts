import type { BridgeRecord } from '../../db/stores/bridges.js';
import { missingForRisk, TOKEN_RISK, type AcceptedRisk, type TokenRisk } from '../../domain/token-risk.js';
import type { Actor } from '../auth/actor.js';
import { invalidField, Problem } from '../http/problem.js';

/** Whether an admin accepts it now, or did before. */
export const riskAfter = (
  actor: Pick<Actor, 'userId' | 'name'>,
  before: AcceptedRisk | null,
  accepts: string | undefined,
): AcceptedRisk | null =>
  accepts === TOKEN_RISK ? { by: actor.userId, name: actor.name, at: new Date().toISOString() } : before;

/** @throws Problem that names what the token could do, and what has to be sent */
export function assertRisk(risk: TokenRisk): void {
  const missing = missingForRisk(risk);
  if (missing.includes('accepted')) {
    throw new Problem(
      409,
      'confirmation-needed',
      `The API token of Kimai could change exported, billed time entries. Timebridge never does, but then only Timebridge keeps it from it. Use a token of a role with less rights, or accept it: send acceptTokenRisk: "${TOKEN_RISK}", and closedUntil`,
      { field: 'mode', confirm: 'acceptTokenRisk' },
    );
  }
  if (missing.includes('closedUntil')) {
    throw invalidField(
      'closedUntil',
      'required',
      'closedUntil must be set: the API token of Kimai could change exported time entries, so days that are billed have to be closed here, e.g. the last day of the month before',
    );
  }
}

export const riskOf = ({ mode, targetPowerful, tokenRisk, closedUntil }: BridgeRecord): TokenRisk => ({
  ...{ mode, powerful: targetPowerful, accepted: tokenRisk, closedUntil },
});
