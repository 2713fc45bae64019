import { writeAudit } from '../../db/stores/audit.js';
import { readConflictDetail } from '../../db/stores/conflict-detail-view.js';
import { storeProposal } from '../../db/stores/proposals.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { parametersOf } from './decision-body.js';
import { assertDecidable } from './decision-problem.js';
import { proposeDecision } from './propose-decision.contract.js';

export const proposeDecisionEndpoint = endpoint(proposeDecision, async (deps, { params, body, actor }) => {
  const { version, choice } = body;
  const parameters = parametersOf(body);
  const note = body.note ?? null;
  await inTransaction(deps.db, async (session) => {
    const conflict = await readConflictDetail(session, params.conflictId);
    if (!conflict) throw notFound('conflict');
    const { id, bridgeId } = conflict;
    await assertDecidable(deps, conflict, { version, choice, parameters }, actor.language);
    const person = { userId: actor.userId, userName: actor.name };
    // Pressed twice it is still one proposal, with one line in the case's history.
    if (!(await storeProposal(session, { conflictId: id, ...person, version, choice, parameters, note })))
      return;
    const subject = { kind: 'conflict', id };
    const details = { choice, parameters, note, version };
    await writeAudit(session, [didBy(actor, { action: 'decision.proposed', subject, bridgeId, details })]);
    await notifyChange(session, 'conflicts', [id]);
  });
  return null;
});
