import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../activities/contract.js';
import type { Cause } from '../../../domain/cause.js';
import type { Choice, DecisionParameters } from '../../../domain/conflict.js';
import { inTransaction } from '../../../db/sql.js';
import { openUndo } from '../../../db/stores/undos.js';
import { BRIDGE, type EngineBench, type OpenConflict } from '../../integration/engine/bench-bridge.js';
import { itemsOf, recordAll, storeItems } from '../../integration/engine/bulk-bench.js';
import type { ContractBridge } from '../../integration/engine/contract-bridge.js';

/* The orders of activities that the workflows give, waits included. Each comes to its end although a process dies. */

const NOBODY: Cause = { runId: null, decisionId: null };
const MOST_ROUNDS = 60;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As `reconcileAndApply` does, until nothing is left to plan, to write or to look up. */
export async function settle(engine: EngineBench, scope: Scope, cause: Cause = NOBODY): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { tickets } = await engine.activities.reconcile({ bridgeId: BRIDGE, scope, cause });
    const applied = await engine.activities.applyPlan({ bridgeId: BRIDGE, scope, cause });
    const { written, refused, dropped, dirty, waitUntil } = applied;
    if (waitUntil !== null) await sleep(Math.max(20, Date.parse(waitUntil) - Date.now()));
    else if (tickets + written + refused + dropped === 0 && !dirty && !applied.more) {
      await engine.activities.openConflicts({ bridgeId: BRIDGE });
      return;
    }
  }
  throw new Error('writes are under way for ever');
}

/** Everything is read, and nothing is planned yet. */
export async function readAll({ activities }: EngineBench): Promise<void> {
  const everything = { bridgeId: BRIDGE, runId: null, full: true };
  await activities.fetchTarget(everything);
  await activities.fetchSource(everything);
}

/** As `syncRun` does. */
export async function run(engine: EngineBench, full = false): Promise<string> {
  const { activities } = engine;
  const executionId = randomUUID();
  const start = { trigger: 'person', triggeredBy: null, workflowId: 'sync-run/demo' } as const;
  const begun = await activities.beginRun({ bridgeId: BRIDGE, full, executionId, ...start });
  if (!begun.started) throw new Error(`the run did not start: ${begun.code}`);
  const { runId } = begun;
  await activities.setRunPhase({ runId, phase: 'fetching' });
  await activities.fetchTarget({ bridgeId: BRIDGE, runId, full });
  await activities.fetchSource({ bridgeId: BRIDGE, runId, full });
  await activities.guardRun({ bridgeId: BRIDGE, runId });
  await settle(engine, { kind: 'bridge' }, { runId, decisionId: null });
  await activities.finishRun({ bridgeId: BRIDGE, runId, state: 'completed', error: null });
  return runId;
}

/** As `ticketSync` does. */
export async function syncTicket({ engine, ticketId }: ContractBridge): Promise<void> {
  await engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(ticketId) });
  await settle(engine, { kind: 'ticket', ticketId: String(ticketId) });
}

/** As `conflictApproval` does, from the decision on. */
export async function decide(
  engine: EngineBench,
  { id: conflictId, version }: OpenConflict,
  choice: Choice,
  parameters: DecisionParameters = {},
): Promise<void> {
  const { activities } = engine;
  const decisionId = randomUUID();
  const actor = { kind: 'person', id: 'tester', name: 'Testerin' } as const;
  const input = { decisionId, conflictId, version, choice, parameters, note: null, actor };
  await activities.recordDecision(input);
  await carryOut(engine, { conflictId, decisionId });
}

/** What follows a decision that is written down. */
export async function carryOut(
  engine: EngineBench,
  { conflictId, decisionId }: { readonly conflictId: string; readonly decisionId: string },
): Promise<void> {
  const { activities } = engine;
  const { replan } = await activities.planDecision({ conflictId, decisionId });
  for (let tries = 0; ; tries += 1) {
    await settle(engine, { kind: 'conflict', conflictId }, { runId: null, decisionId });
    const { state } = await activities.settleDecision({ conflictId, decisionId });
    if (state !== 'applying') break;
    if (tries > MOST_ROUNDS) throw new Error(`the decision ${decisionId} is applied for ever`);
  }
  if (replan) await settle(engine, { kind: 'bridge' });
}

/** As `bulkDecision` does. */
export async function decideAll(engine: EngineBench, choice: Choice): Promise<void> {
  await carryOutBulk(engine, await storeItems(engine, choice, itemsOf(await engine.openConflicts())));
}

/** What follows a bulk decision that is written down. */
export async function carryOutBulk(engine: EngineBench, bulkId: string): Promise<void> {
  const { activities } = engine;
  await recordAll(engine, bulkId);
  for (let more = true; more;) ({ more } = await activities.planBulkPage({ bulkId }));
  for (let waiting = 1; waiting > 0;) {
    await settle(engine, { kind: 'bulk', bulkId });
    ({ waiting } = await activities.settleBulkPage({ bulkId, after: 0 }));
  }
  await activities.finishBulk({ bulkId });
}

/** As `undo` does. */
export async function undoRun(engine: EngineBench, runId: string): Promise<void> {
  const order = { kind: 'run', subjectId: runId, actorId: 'tester', actorName: 'Testerin' } as const;
  const undoId = await inTransaction(engine.db, (tx) => openUndo(tx, { id: randomUUID(), ...order }));
  await carryOutUndo(engine, undoId);
}

/** What follows an undoing that is written down. */
export async function carryOutUndo(engine: EngineBench, undoId: string): Promise<void> {
  const { activities } = engine;
  await activities.beginUndo({ undoId });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (let more = true; more;) ({ more } = await activities.planUndoPage({ undoId }));
    await settle(engine, { kind: 'undo', undoId });
    if ((await activities.finishUndo({ undoId })).finished) return;
  }
  throw new Error('the undoing goes on for ever');
}
