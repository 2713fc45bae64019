import { listStandings as readStandings } from '../../db/stores/entry-standings.js';
import { endpoint } from '../endpoint.js';
import { ticketUrl } from '../links.js';
import { listStandings } from './list-standings.contract.js';

export const listStandingsEndpoint = endpoint(listStandings, async ({ db }, { query }) => {
  const { state, offset, limit, ...filter } = query;
  const found = await readStandings({ db, tx: null }, { ...filter, states: state }, { offset, limit });
  return {
    ...found,
    items: found.items.map(({ ticketId, sourceWebUrl, why, ...entry }) => ({
      ...entry,
      ticketUrl: ticketUrl(sourceWebUrl, ticketId),
      why: why && { code: why.code, facts: why.facts },
    })),
  };
});
