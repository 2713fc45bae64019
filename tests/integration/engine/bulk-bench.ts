import { randomUUID } from 'node:crypto';
import type { Choice } from '../../../domain/conflict.js';
import { inTransaction, rows } from '../../../db/sql.js';
import { bulkOutcomes, storeBulk, type BulkOutcome } from '../../../db/stores/bulks.js';
import { BRIDGE, type EngineBench, type OpenConflict } from './bench-bridge.js';

export type Item = { readonly conflictId: string; readonly version: string };

export const itemsOf = (conflicts: readonly OpenConflict[]): Item[] =>
  conflicts.map(({ id, version }) => ({ conflictId: id, version }));

/** The rows of a bulk decision, as the API writes them. */
export async function storeItems(
  engine: EngineBench,
  choice: Choice,
  items: readonly Item[],
): Promise<string> {
  const id = randomUUID();
  await inTransaction(engine.db, (session) =>
    storeBulk(session, { id, choice, note: null, actorId: 'tester', actorName: 'Testerin', items }),
  );
  return id;
}

export async function recordAll({ activities }: EngineBench, bulkId: string): Promise<void> {
  for (let more = true; more;) ({ more } = await activities.recordBulkPage({ bulkId }));
  await activities.startBulkGrace({ bulkId });
}

/** Everything after the grace time, in the order of the process. */
export async function applyAll(engine: EngineBench, bulkId: string): Promise<void> {
  const { activities } = engine;
  for (let more = true; more;) ({ more } = await activities.planBulkPage({ bulkId }));
  await engine.settle({ kind: 'bulk', bulkId }, { runId: null, decisionId: null });
  await settleAll(engine, bulkId);
  await activities.openConflicts({ bridgeId: BRIDGE });
}

async function settleAll({ activities }: EngineBench, bulkId: string): Promise<void> {
  for (let after: number | null = 0; after !== null;) {
    const page: { next: number | null; waiting: number } = await activities.settleBulkPage({ bulkId, after });
    after = page.next;
  }
  await activities.finishBulk({ bulkId });
}

export const decideAll = async (
  engine: EngineBench,
  choice: Choice,
  items: readonly Item[],
): Promise<string> => {
  const bulkId = await storeItems(engine, choice, items);
  await recordAll(engine, bulkId);
  await applyAll(engine, bulkId);
  return bulkId;
};

export async function outcomesOf({ db }: EngineBench, bulkId: string): Promise<readonly BulkOutcome[]> {
  return bulkOutcomes({ db, tx: null }, bulkId);
}

export const count = (outcomes: readonly BulkOutcome[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of outcomes) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

/** Conflict id → state, of all cases. */
export async function statesOf({ db }: EngineBench): Promise<Record<string, string>> {
  const found = await rows<{ id: string; state: string }>(
    { db, tx: null },
    'select id, state from conflicts',
  );
  return Object.fromEntries(found.map(({ id, state }) => [id, state]));
}
