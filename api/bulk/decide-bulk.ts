import { inTransaction } from '../../db/sql.js';
import { writeAudit } from '../../db/stores/audit.js';
import { knownConflicts } from '../../db/stores/bulk-cases.js';
import { storeBulk } from '../../db/stores/bulks.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { orUnavailable } from '../http/outage-problem.js';
import { decideBulk } from './decide-bulk.contract.js';

/** Rows first, the process after: what is stored goes on even when Temporal is away just now. */
export const decideBulkEndpoint = endpoint(decideBulk, async ({ db, gateway }, { body, actor }) => {
  const { bulkId, choice, items } = body;
  await inTransaction(db, async (session) => {
    const known = await knownConflicts(
      session,
      items.map(({ conflictId }) => conflictId),
    );
    const unknown = items.flatMap(({ conflictId }) => (known.has(conflictId) ? [] : [conflictId]));
    if (unknown.length > 0) throw unknownConflicts(unknown);
    const actorOf = { actorId: actor.userId, actorName: actor.name };
    const stored = await storeBulk(session, {
      id: bulkId,
      choice,
      note: body.note ?? null,
      items,
      ...actorOf,
    });
    if (!stored) return;
    const details = { choice, itemCount: items.length };
    const subject = { kind: 'bulk', id: bulkId };
    await writeAudit(session, [didBy(actor, { action: 'bulk.recorded', subject, details })]);
  });
  await orUnavailable(gateway.startBulk(bulkId));
  return { bulkId, itemCount: items.length };
});

const unknownConflicts = (ids: readonly string[]) =>
  new Problem(422, 'unknown-conflicts', 'Some of these conflicts do not exist; leave them out', {
    conflictIds: ids.slice(0, 100),
  });
