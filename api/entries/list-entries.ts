import { entriesOfTicket } from '../../db/stores/story.js';
import { iso } from '../present.js';
import { endpoint } from '../endpoint.js';
import { listEntries } from './explain-entry.contract.js';

export const listEntriesEndpoint = endpoint(listEntries, async ({ db }, { query }) => {
  const found = await entriesOfTicket({ db, tx: null }, query.ticket);
  return {
    items: found.map(({ userName, why, bookedAt, ...entry }) => ({
      ...entry,
      bookedAt: iso(bookedAt),
      personName: userName,
      why: why && { code: why.code, facts: why.facts },
    })),
  };
});
