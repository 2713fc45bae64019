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
    const linkCount = await countLinks(session, bridgeId);
    const limits = guardLimits(linkCount);
    let held = 0;
    for (const guarded of ['updates', 'deletes'] as const) {
      const stepCount = planned[guarded];
      if (stepCount > limits[guarded])
        held += await hold(session, bridgeId, { guarded, runId, stepCount, linkCount });
    }
    return { held };
  });

async function hold(
  session: Session,
  bridgeId: string,
  run: {
    readonly guarded: GuardedClass;
    readonly runId: string;
    readonly stepCount: number;
    readonly linkCount: number;
  },
): Promise<number> {
  const facts = runGuardFacts({ ...run, hash: sha256 });
  const held = await holdPlanned(
    session,
    run.runId,
    run.guarded === 'updates' ? 'update' : 'delete',
    facts.subject,
  );
  const { id } = await storeAsk(session, bridgeId, run.runId, { facts, labels: NO_LABELS });
  await notifyChange(session, 'conflicts', [id]);
  return held;
}
