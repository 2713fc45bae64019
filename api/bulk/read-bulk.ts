import { bulkOutcomes, readBulk as findBulk, type BulkItemState } from '../../db/stores/bulks.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { BULK_OUTCOMES, type BulkOutcomeName } from './bulk-fields.contract.js';
import { readBulk } from './read-bulk.contract.js';

export const readBulkEndpoint = endpoint(readBulk, async ({ db }, { params }) => {
  const session = { db, tx: null };
  const bulk = await findBulk(session, params.bulkId);
  if (!bulk) throw notFound('bulk decision');
  const items = (await bulkOutcomes(session, bulk.id)).map(({ state, why, ...item }) => ({
    ...item,
    outcome: outcomeOf(state),
    reason: why && { code: why.code, facts: why.facts },
  }));
  const counts = Object.fromEntries(
    BULK_OUTCOMES.map((name) => [name, items.filter(({ outcome }) => outcome === name).length]),
  );
  return {
    ...bulk,
    createdAt: bulk.createdAt.toISOString(),
    applyAfter: bulk.applyAfter?.toISOString() ?? null,
    finishedAt: bulk.finishedAt?.toISOString() ?? null,
    counts,
    items,
  };
});

/** What is decided and not written yet has no outcome yet. */
const outcomeOf = (state: BulkItemState): BulkOutcomeName =>
  state === 'decided' || state === 'applying' ? 'pending' : state;
