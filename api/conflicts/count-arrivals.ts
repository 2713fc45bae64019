import { countArrivals as count, inboxMoment } from '../../db/stores/inbox-arrivals.js';
import { endpoint } from '../endpoint.js';
import { iso, isoOrNull } from '../present.js';
import { countArrivals } from './count-arrivals.contract.js';
import { filterOf } from './filter-of.js';

export const countArrivalsEndpoint = endpoint(countArrivals, async ({ db }, { query }) => {
  const { since, ...rest } = query;
  const session = { db, tx: null };
  const filter = await filterOf(session, { ...rest, view: 'open' });
  const [counted, { readAt, nextReturn }] = await Promise.all([
    count(session, filter, since),
    inboxMoment(session, filter),
  ]);
  return { ...counted, readAt: iso(readAt), nextReturn: isoOrNull(nextReturn) };
});
