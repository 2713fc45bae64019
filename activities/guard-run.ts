import { createHash } from 'node:crypto';
import { guardLimits, runGuardFacts, type GuardedClass } from '../domain/guards.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { storeAsk } from '../db/stores/conflicts.js';
import { countInGuardedRun, holdReports, isReleased } from '../db/stores/guard-holds.js';
import { holdPlanned } from '../db/stores/ledger.js';
import { countLinks } from '../db/stores/link-counts.js';
import type { ActivityDeps } from './deps.js';
import { NO_LABELS } from './conflict-labels.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * Before a run writes: what it does and reports, over all of its batches and rounds, against the limits of books.md.
 * A class that goes beyond them is held, deletions that are only reported leave the inbox, and one question asks an
 * admin. Returns how much is held.
 */
export async function guardRun(
  deps: ActivityDeps,
  { bridgeId, runId }: { readonly bridgeId: string; readonly runId: string },
): Promise<{ readonly held: number }> {
  const { held, reports } = await inTransaction(deps.db, async (session) => {
    const counted = await countInGuardedRun(session, runId);
    const linkCount = await countLinks(session, bridgeId);
    const limits = guardLimits(linkCount);
    const over = (['updates', 'deletes'] as const).filter((guarded) => counted[guarded] > limits[guarded]);
    let writes = 0;
    const replaced: string[] = [];
    for (const guarded of over) {
      const run = { guarded, runId, stepCount: counted[guarded], linkCount };
      const done = await hold(session, bridgeId, run);
      writes += done.writes;
      replaced.push(...done.reports);
    }
    return { held: writes + replaced.length, reports: replaced };
  });
  for (const conflictId of reports) await deps.processes.signalFactsChanged(conflictId);
  return { held };
}

async function hold(
  session: Session,
  bridgeId: string,
  run: {
    readonly guarded: GuardedClass;
    readonly runId: string;
    readonly stepCount: number;
    readonly linkCount: number;
  },
): Promise<{ readonly writes: number; readonly reports: readonly string[] }> {
  const facts = runGuardFacts({ ...run, hash: sha256 });
  const { subject } = facts;
  if (await isReleased(session, bridgeId, subject)) return { writes: 0, reports: [] };
  const operation = run.guarded === 'updates' ? 'update' : 'delete';
  const writes = await holdPlanned(session, run.runId, operation, subject);
  const reports = run.guarded === 'deletes' ? await holdReports(session, run.runId, subject) : [];
  const { id } = await storeAsk(session, bridgeId, run.runId, { facts, labels: NO_LABELS });
  await notifyChange(session, 'conflicts', [id, ...reports]);
  return { writes, reports };
}
