import { listStandings as readStandings } from '../../db/stores/entry-standings.js';
import { nameOfRule } from '../../db/stores/rules.js';
import { endpoint } from '../endpoint.js';
import { ticketUrl } from '../links.js';
import { listStandings } from './list-standings.contract.js';

export const listStandingsEndpoint = endpoint(listStandings, async ({ db }, { query }) => {
  const { state, offset, limit, ...filter } = query;
  const session = { db, tx: null };
  const [found, ruleName] = await Promise.all([
    readStandings(session, { ...filter, states: state }, { offset, limit }),
    filter.rule === undefined || filter.rule === 'any' ? null : nameOfRule(session, filter.rule),
  ]);
  return {
    ...found,
    ruleName,
    items: found.items.map(({ ticketId, sourceWebUrl, why, ...entry }) => ({
      ...entry,
      ticketUrl: ticketUrl(sourceWebUrl, ticketId),
      why: why && { code: why.code, facts: why.facts },
    })),
  };
});
