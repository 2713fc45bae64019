import { endpoint } from '../endpoint.js';
import { invalidField } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { openConflictRef } from './conflict-ref.js';
import { snoozeConflict } from './snooze-conflict.contract.js';

export const snoozeConflictEndpoint = endpoint(snoozeConflict, async (deps, { params, body, actor }) => {
  const { until, untilChange } = body;
  if (until !== null && Date.parse(until) <= Date.now()) {
    throw invalidField('until', 'future', 'until must be in the future, or null');
  }
  const conflict = await openConflictRef(deps, params.conflictId);
  await orUnavailable(deps.gateway.snoozeConflict(conflict, { until, untilChange, actorId: actor.userId }));
  return null;
});
