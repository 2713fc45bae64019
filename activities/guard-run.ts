import { createHash } from 'node:crypto';
import { guardLimits, runGuardFacts, type GuardedClass } from '../domain/guards.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { storeAsk } from '../db/stores/conflicts.js';
import { countPlanned, holdPlanned } from '../db/stores/ledger.js';
import { countLinks } from '../db/stores/link-counts.js';
import type { ActivityDeps } from './deps.js';
import { NO_LABELS } from './conflict-labels.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * Before a run writes: what it would change or delete, over all of its batches, against the limits of books.md.
 * A class that goes beyond them is held, and one question asks an admin. Returns how many writes are held.
 */
export const guardRun = (
  deps: ActivityDeps,
  { bridgeId, runId }: { readonly bridgeId: string; readonly runId: string },
): Promise<{ readonly held: number }> =>
  inTransaction(deps.db, async (session) => {
    const planned = await countPlanned(session, runId);
    const limits = guardLimits(await countLinks(session, bridgeId));
    let held = 0;
    if (planned.updates > limits.updates) held += await hold(session, bridgeId, runId, 'updates', planned.updates, limits.updates);
    if (planned.deletes > limits.deletes) held += await hold(session, bridgeId, runId, 'deletes', planned.deletes, limits.deletes);
    return { held };
  });

async function hold(
  session: Session,
  bridgeId: string,
  runId: string,
  guarded: GuardedClass,
  count: number,
  limit: number,
): Promise<number> {
  const facts = runGuardFacts({ guarded, runId, stepCount: count, limit, hash: sha256 });
  const held = await holdPlanned(session, runId, guarded === 'updates' ? 'update' : 'delete', facts.subject);
  const { id } = await storeAsk(session, bridgeId, runId, { facts, labels: NO_LABELS });
  await notifyChange(session, 'conflicts', [id]);
  return held;
}
