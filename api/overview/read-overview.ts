import { deciders, weekStandings } from '../../db/stores/overview-view.js';
import { endpoint } from '../endpoint.js';
import { OVERVIEW_DAYS, OVERVIEW_WEEKS, readOverview } from './read-overview.contract.js';

export const readOverviewEndpoint = endpoint(readOverview, async ({ db }) => {
  const session = { db, tx: null };
  const [weeks, decided] = await Promise.all([
    weekStandings(session, OVERVIEW_WEEKS),
    deciders(session, OVERVIEW_DAYS),
  ]);
  return { weeks, deciders: decided };
});
