import {
  countViews,
  customersOfInbox,
  groupInbox,
  peopleOfInbox,
  type InboxGroup,
} from '../../db/stores/inbox-groups.js';
import { inboxMoment } from '../../db/stores/inbox-arrivals.js';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { endpoint } from '../endpoint.js';
import { iso, isoOrNull } from '../present.js';
import { filterOf } from './filter-of.js';
import { groupConflicts } from './group-conflicts.contract.js';

export const groupConflictsEndpoint = endpoint(groupConflicts, async ({ db }, { query }) => {
  const session = { db, tx: null };
  const filter = filterOf(query);
  const anyKind = { ...filter, kinds: undefined, cause: undefined };
  const { readAt, nextReturn } = await inboxMoment(session, filter);
  const [groups, ofAllKinds, customers, people, views] = await Promise.all([
    groupInbox(session, filter, CONFLICT_KINDS),
    groupInbox(session, anyKind, CONFLICT_KINDS),
    customersOfInbox(session, filter),
    peopleOfInbox(session, filter),
    countViews(session, filter),
  ]);
  return {
    groups: [...groups],
    kinds: sumByKind(ofAllKinds),
    customers: customers.map(({ id, ...rest }) => ({ key: id, ...rest })),
    people,
    views: { ...views },
    readAt: iso(readAt),
    nextReturn: isoOrNull(nextReturn),
  };
});

function sumByKind(groups: readonly InboxGroup[]) {
  const sums = new Map<InboxGroup['kind'], { count: number; seconds: number }>();
  for (const { kind, count, seconds } of groups) {
    const sum = sums.get(kind) ?? { count: 0, seconds: 0 };
    sums.set(kind, { count: sum.count + count, seconds: sum.seconds + seconds });
  }
  return [...sums].map(([kind, sum]) => ({ kind, ...sum }));
}
