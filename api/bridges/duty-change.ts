import type { BridgeSchedule } from '../../db/stores/bridges.js';
import { listColleagues, namesOfUsers } from '../../db/stores/users.js';
import type { Session } from '../../db/sql.js';
import type { Duty } from '../../domain/duty.js';
import { mondayAt } from '../../domain/rota.js';
import type { BodyOf } from '../contract.js';
import { invalidInput, type Issue } from '../http/problem.js';
import type { updateBridge } from './update-bridge.contract.js';

/**
 * The list as it is wanted; a changed one begins anew with its first person in the current week.
 * @throws Problem 422 that names each one who may not decide
 */
export async function dutyAfter(
  session: Session,
  before: Duty,
  wanted: BodyOf<typeof updateBridge>['duty'],
  { timeZone }: BridgeSchedule,
): Promise<Duty> {
  const people = wanted?.people.map((id) => id.toLowerCase());
  if (!people || people.join() === before.people.join()) return before;
  if (people.length === 0) return { people, since: null };
  const able = new Set((await listColleagues(session)).map(({ id }) => id));
  const issues = people.flatMap((id, place) => (able.has(id) ? [] : [notAble(place)]));
  if (issues.length > 0) throw invalidInput(issues);
  return { people, since: mondayAt(Date.now(), timeZone) };
}

function notAble(place: number): Issue {
  const path = `duty.people[${place}]`;
  return {
    ...{ in: 'body', path, rule: 'colleague' },
    message: `${path} must be an active user who may decide (approver or admin)`,
  };
}

/** For the audit trail, which is read long after: people with the names that they had. */
export async function dutiesNamed(session: Session, before: Duty, after: Duty) {
  const names = await namesOfUsers(session, [...before.people, ...after.people]);
  const named = ({ people, since }: Duty) => ({
    people: people.map((id) => ({ id, name: names.get(id) ?? id })),
    since,
  });
  return { before: named(before), after: named(after) };
}
