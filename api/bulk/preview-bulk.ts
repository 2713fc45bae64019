import { readBulkCases } from '../../db/stores/bulk-cases.js';
import { previewBulk as countEffects } from '../../domain/bulk-preview.js';
import { endpoint } from '../endpoint.js';
import { previewBulk } from './preview-bulk.contract.js';

export const previewBulkEndpoint = endpoint(previewBulk, async ({ db }, { body }) => {
  const cases = await readBulkCases({ db, tx: null }, body.items);
  const { blocked, stale, ...counts } = countEffects(body.choice, cases);
  const known = new Set(cases.map(({ conflictId }) => conflictId));
  const gone = body.items.flatMap(({ conflictId }) => (known.has(conflictId) ? [] : [conflictId]));
  return { ...counts, blocked: [...blocked], stale: [...stale, ...gone] };
});
