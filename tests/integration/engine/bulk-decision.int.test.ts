import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DECISION_FAILURES } from '../../../domain/errors.js';
import { scopeFilter } from '../../../activities/reconcile.js';
import { claimIntents } from '../../../db/stores/ledger-claims.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import {
  applyAll,
  count,
  decideAll,
  itemsOf,
  outcomesOf,
  recordAll,
  statesOf,
  storeItems,
} from './bulk-bench.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

describe('many cases decided with one choice', () => {
  let url: string;
  let bridge: ContractBridge;
  let open: ContractBridge['engine'];

  const book = async (entries: number): Promise<void> => {
    for (let i = 1; i <= entries; i += 1) await bridge.book(i);
    await open.run();
  };

  beforeEach(async () => {
    url = await createDatabase();
    bridge = await openContractBridge(url, { newEntries: 'ask' });
    open = bridge.engine;
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(url);
  });

  it('gives each its own outcome: what is stale, decided already or refused keeps no other back', async () => {
    await book(30);
    const conflicts = await open.openConflicts();
    expect(conflicts).toHaveLength(30);
    const [stale, decided, skipped, ...others] = conflicts;
    if (!stale || !decided || !skipped) throw new Error('three cases are needed');
    await open.decide(skipped, 'skip');
    await open.activities.recordDecision({
      decisionId: '7d2f1f7e-5f0a-4b7e-9a53-1f6f5f5d9c11',
      conflictId: decided.id,
      version: decided.version,
      choice: 'skip',
      parameters: {},
      note: null,
      actor: { kind: 'person', id: 'other', name: 'Other' },
    });
    const refusal = {
      code: 400,
      message: 'Validation Failed',
      errors: { children: { project: { errors: ['Sorry, but the budget is used up.'] } } },
    };
    await bridge.fault({
      match: { method: 'POST', path: '^/api/timesheets' },
      times: 1,
      then: { kind: 'status', status: 400, body: refusal },
    });
    const bulkId = await decideAll(open, 'create', [
      { conflictId: stale.id, version: 'another' },
      ...itemsOf([decided, skipped, ...others]),
    ]);
    const outcomes = await outcomesOf(open, bulkId);
    expect(outcomes.slice(0, 3).map(({ state, why }) => [state, why?.code])).toEqual([
      ['stale', 'facts_changed'],
      ['stale', 'decided_meanwhile'],
      ['no_op', 'case_closed'],
    ]);
    expect(count(outcomes)).toEqual({ applied: 26, refused: 1, stale: 2, no_op: 1 });
    expect(await bridge.timesheets()).toHaveLength(26);
    const left = await open.openConflicts();
    expect(left.map(({ kind }) => kind).sort()).toEqual(['missing', 'missing', 'rejected']);
    expect((await open.activities.readBulk({ bulkId })).state).toBe('done');
  });

  it('writes what somebody decides singly meanwhile before the rest of its own', async () => {
    await book(4);
    const conflicts = await open.openConflicts();
    const single = conflicts.at(-1);
    if (!single) throw new Error('a case is needed');
    const { activities } = open;
    const bulkId = await storeItems(open, 'create', itemsOf(conflicts.slice(0, -1)));
    await recordAll(open, bulkId);
    await activities.planBulkPage({ bulkId });
    const scope = { kind: 'bulk', bulkId } as const;
    const cause = { runId: null, decisionId: null };
    await activities.reconcile({ bridgeId: BRIDGE, scope, cause });
    const decision = { conflictId: single.id, decisionId: '0e1f9a52-8c0e-4f0b-9d0e-6d0f5b7f3c11' };
    await activities.recordDecision({
      ...{ ...decision, version: single.version, choice: 'create', parameters: {}, note: null },
      actor: { kind: 'person', id: 'other', name: 'Other' },
    });
    await activities.planDecision(decision);
    const own = { kind: 'conflict', conflictId: single.id } as const;
    await activities.reconcile({ bridgeId: BRIDGE, scope: own, cause: { ...cause, ...decision } });
    const next = () =>
      claimIntents({ db: open.db, tx: null }, BRIDGE, scopeFilter(scope), { limit: 1, leaseSeconds: 0 });
    expect(await next()).toEqual([expect.objectContaining({ decisionId: decision.decisionId })]);
    await activities.applyPlan({ bridgeId: BRIDGE, scope, cause });
    expect(await bridge.timesheets()).toHaveLength(4);
  });

  it('refuses a choice that needs to be told what it is about, case by case', async () => {
    await book(2);
    const bulkId = await decideAll(open, 'link', itemsOf(await open.openConflicts()));
    expect(count(await outcomesOf(open, bulkId))).toEqual({ refused: 2 });
    expect(await bridge.timesheets()).toEqual([]);
  });

  it('writes nothing when all of it is taken back, and every case is open again', async () => {
    await book(3);
    const conflicts = await open.openConflicts();
    const bulkId = await storeItems(open, 'create', itemsOf(conflicts));
    await recordAll(open, bulkId);
    expect(Object.values(await statesOf(open))).toEqual(['deciding', 'deciding', 'deciding']);
    await open.activities.withdrawBulk({ bulkId, actorId: 'tester' });
    await open.activities.withdrawBulk({ bulkId, actorId: 'tester' });
    await applyAll(open, bulkId);
    expect(count(await outcomesOf(open, bulkId))).toEqual({ withdrawn: 3 });
    expect(Object.values(await statesOf(open))).toEqual(['open', 'open', 'open']);
    expect(await bridge.timesheets()).toEqual([]);
    await decideAll(open, 'create', itemsOf(conflicts));
    expect(await bridge.timesheets()).toHaveLength(3);
  });

  it('cannot be taken back once it is being written', async () => {
    await book(1);
    const bulkId = await decideAll(open, 'create', itemsOf(await open.openConflicts()));
    const late = open.activities.withdrawBulk({ bulkId, actorId: 'tester' });
    await expect(late).rejects.toMatchObject({ type: DECISION_FAILURES.closed });
  });

  it('goes on where it was when every activity is called again, and writes nothing twice', async () => {
    await book(60);
    const bulkId = await storeItems(open, 'create', itemsOf(await open.openConflicts()));
    const { activities } = open;
    await activities.recordBulkPage({ bulkId });
    await recordAll(open, bulkId);
    await activities.planBulkPage({ bulkId });
    await activities.applyPlan({
      bridgeId: 'demo',
      scope: { kind: 'bulk', bulkId },
      cause: { runId: null, decisionId: null },
    });
    await applyAll(open, bulkId);
    await applyAll(open, bulkId);
    expect(count(await outcomesOf(open, bulkId))).toEqual({ applied: 60 });
    expect(await bridge.timesheets()).toHaveLength(60);
  });

  it("looks like an open case to the case's own process until it is settled", async () => {
    await book(1);
    const [conflict] = await open.openConflicts();
    const conflictId = conflict?.id ?? '';
    const bulkId = await storeItems(open, 'skip', itemsOf(conflict ? [conflict] : []));
    await recordAll(open, bulkId);
    expect(await open.activities.readConflict({ conflictId })).toMatchObject({
      state: 'open',
      decisionId: null,
    });
    await applyAll(open, bulkId);
    expect(await open.activities.readConflict({ conflictId })).toMatchObject({ state: 'closed' });
  });
});
