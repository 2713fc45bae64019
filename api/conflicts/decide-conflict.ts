import type { DecideInput } from '../../workflows/messages.js';
import { readConflictDetail } from '../../db/stores/conflict-detail-view.js';
import { findStoredDecision, type InboxRow } from '../../db/stores/conflicts-view.js';
import type { Session } from '../../db/sql.js';
import { isSeconded, secondPersonMissing } from '../../domain/second-person.js';
import type { Actor } from '../auth/actor.js';
import type { BodyOf } from '../contract.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { assertDecidable, invalidDecision, tellRefusal } from './decision-problem.js';
import { decideConflict } from './decide-conflict.contract.js';
import { parametersOf } from './decision-body.js';
import { readSecondPerson } from './second-person.js';

type Body = BodyOf<typeof decideConflict>;

export const decideConflictEndpoint = endpoint(decideConflict, async (deps, { params, body, actor }) => {
  const session = { db: deps.db, tx: null };
  const conflict = await readConflictDetail(session, params.conflictId);
  if (!conflict) throw notFound('conflict');
  const repeated = await sameDecision(session, conflict, body.decisionId);
  if (repeated) return repeated;
  const { version, choice } = body;
  const parameters = parametersOf(body);
  await assertDecidable(deps, conflict, { version, choice, parameters }, actor.language);
  const second = await readSecondPerson(session, conflict);
  if (second && !isSeconded(second.proposals, actor.userId, { choice, parameters }))
    throw invalidDecision(secondPersonMissing(second.limitSeconds));
  const { id, bridgeId, ticketId, kind } = conflict;
  const ref = { conflictId: id, bridgeId, ticketId, kind };
  return tellRefusal(
    deps,
    conflict.id,
    actor.language,
    deps.gateway.decideConflict(ref, inputOf(id, body, actor)),
  );
});

const inputOf = (conflictId: string, body: Body, actor: Actor): DecideInput => ({
  decisionId: body.decisionId,
  conflictId,
  version: body.version,
  choice: body.choice,
  parameters: parametersOf(body),
  note: body.note ?? null,
  actor: { kind: 'person', id: actor.userId, name: actor.name },
});

/** The answer of a decision that was taken already: a repeated request changes nothing. */
async function sameDecision(session: Session, conflict: InboxRow, decisionId: string) {
  const stored = await findStoredDecision(session, decisionId);
  if (!stored) return null;
  if (stored.conflictId !== conflict.id || stored.state === 'withdrawn') {
    throw new Problem(
      409,
      'decision-used',
      'This decisionId was used before; draw a new one for a new decision',
      {
        field: 'decisionId',
      },
    );
  }
  const graceMs = stored.applyAfter.getTime() - stored.decidedAt.getTime();
  return { decisionId, applyAfter: stored.applyAfter.toISOString(), graceMs };
}
