import { countView, readFacets, type InboxGroup } from '../../db/stores/inbox-groups.js';
import { inboxMoment } from '../../db/stores/inbox-arrivals.js';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { endpoint } from '../endpoint.js';
import { iso, isoOrNull } from '../present.js';
import { filterOf } from './filter-of.js';
import { groupConflicts } from './group-conflicts.contract.js';

export const groupConflictsEndpoint = endpoint(groupConflicts, async ({ db }, { query }) => {
  const session = { db, tx: null };
  const filter = await filterOf(session, query);
  const { readAt, nextReturn } = await inboxMoment(session, filter);
  // What is seen in its own view was counted with the groups.
  const count = (view: typeof filter.view) =>
    view === filter.view ? null : countView(session, { ...filter, view });
  const [{ groups, groupsOfAllKinds, customers, people }, open, snoozed, done] = await Promise.all([
    readFacets(session, filter, CONFLICT_KINDS),
    ...[count('open'), count('snoozed'), count('done')],
  ]);
  const inView = groups.reduce((sum, group) => sum + group.count, 0);
  return {
    groups: [...groups],
    kinds: sumByKind(groupsOfAllKinds),
    customers: customers.map(({ id, ...rest }) => ({ key: id, ...rest })),
    people: [...people],
    views: { open: open ?? inView, snoozed: snoozed ?? inView, done: done ?? inView },
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
