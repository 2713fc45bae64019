import { findUser } from '../../db/stores/users.js';
import { endpoint } from '../endpoint.js';
import { invalidField } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { openConflictRef } from './conflict-ref.js';
import { assignConflict } from './assign-conflict.contract.js';

export const assignConflictEndpoint = endpoint(assignConflict, async (deps, { params, body, actor }) => {
  const { assigneeId } = body;
  const assignee = assigneeId === null ? null : await findUser({ db: deps.db, tx: null }, assigneeId);
  if (assigneeId !== null && (!assignee?.active || assignee.role === 'viewer')) {
    throw invalidField(
      'assigneeId',
      'colleague',
      'assigneeId must be an active user who may decide, or null',
    );
  }
  const conflict = await openConflictRef(deps, params.conflictId);
  await orUnavailable(deps.gateway.assignConflict(conflict, { assigneeId, actorId: actor.userId }));
  return null;
});
