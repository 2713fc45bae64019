import type { InboxFilter } from '../../db/stores/inbox-filter.js';
import type { QueryOf } from '../contract.js';
import type { groupConflicts } from './group-conflicts.contract.js';

/** The part of a query that filters; list and groups share it. */
export const filterOf = (query: QueryOf<typeof groupConflicts>): InboxFilter => ({
  view: query.view,
  kinds: query.kind,
  cause: query.cause,
  customer: query.customer,
  person: query.person,
  bridge: query.bridge,
  assignee: query.assignee,
  q: query.q,
});
