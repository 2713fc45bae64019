import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, paging, queryBoolean } from '../fields.contract.js';
import { conflictFilter } from './conflict-filter.contract.js';
import { conflictRow } from './conflict-shape.contract.js';

/** `stake_age`: seconds at stake times age, the largest first; `age`: the oldest first; `date`: the newest entry first. */
export const CONFLICT_SORTS = ['stake_age', 'stake', 'age', 'date'] as const;

export const listConflicts = contract({
  id: 'listConflicts',
  method: 'get',
  path: `${API_PREFIX}/conflicts`,
  summary: 'One page of the inbox',
  access: 'viewer',
  query: closed({
    ...conflictFilter,
    sort: yup.string().oneOf(CONFLICT_SORTS, '${path} must be one of: ${values}').default('stake_age'),
    /** Rows come group after group, in the order that `groups` answers. */
    grouped: queryBoolean().default(false),
    ...paging(200),
  }),
  reply: closed({ total: yup.number().required(), items: list(conflictRow()) }),
});
