import { listInbox } from '../../db/stores/conflicts-view.js';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { endpoint } from '../endpoint.js';
import { filterOf } from './filter-of.js';
import { listConflicts } from './list-conflicts.contract.js';
import { presentConflict } from './present-conflict.js';

export const listConflictsEndpoint = endpoint(listConflicts, async ({ db }, { query }) => {
  const { sort, grouped, offset, limit } = query;
  const order = { sort, groupedBy: grouped ? CONFLICT_KINDS : null, offset, limit };
  const session = { db, tx: null };
  const { total, items } = await listInbox(session, await filterOf(session, query), order);
  return { total, items: items.map(presentConflict) };
});
