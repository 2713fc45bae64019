import { peopleOnDuty } from '../../db/stores/duty.js';
import type { InboxFilter } from '../../db/stores/inbox-filter.js';
import type { Session } from '../../db/sql.js';
import type { QueryOf } from '../contract.js';
import type { groupConflicts } from './group-conflicts.contract.js';

/** The part of a query that filters; list, groups and counts share it. Who is on duty is as it is now. */
export const filterOf = async (
  session: Session,
  query: QueryOf<typeof groupConflicts>,
): Promise<InboxFilter> => ({
  view: query.view,
  kinds: query.kind,
  cause: query.cause,
  customer: query.customer,
  person: query.person,
  bridge: query.bridge,
  assignee: query.assignee,
  dutyBridges: await dutyBridges(session, query.assignee),
  q: query.q,
});

/** Bridges in which somebody is on duty now. */
async function dutyBridges(session: Session, userId: string | undefined): Promise<string[]> {
  if (userId === undefined) return [];
  const onDuty = await peopleOnDuty(session, new Date());
  return onDuty.filter(({ person }) => person.id === userId).map(({ bridgeId }) => bridgeId);
}
