import { afterEach, describe, expect, it } from 'vitest';
import * as yup from 'yup';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { rows } from '../../../db/sql.js';
import { BRIDGE, type OpenConflict } from './bench-bridge.js';
import { applyAll, itemsOf, recordAll, storeItems } from './bulk-bench.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const ID = yup.object({ id: yup.number().required() });
const MANY = 11;

describe('a run that finds too many deletions', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;
  const ticketIds: number[] = [];

  /** One entry on each of eleven tickets, all of them written and then deleted in Zammad. */
  async function begin(policies: Parameters<typeof openContractBridge>[1]): Promise<void> {
    databaseUrl = await createDatabase();
    bridge = await openContractBridge(databaseUrl, policies);
    ticketIds.length = 0;
    const entries: string[] = [];
    for (let at = 0; at < MANY; at += 1) {
      const ticket = await ID.validate(
        await bridge.zammad('POST', '/tickets', {
          title: `Ticket ${at}`,
          group_id: 1,
          customer_id: 5,
          article: { body: 'Bitte helfen', type: 'note' },
        }),
      );
      const booked = await fetch(
        `${bridge.simulators.zammadUrl}/api/v1/tickets/${ticket.id}/time_accountings`,
        {
          method: 'POST',
          headers: { authorization: 'Bearer tok_agent', 'content-type': 'application/json' },
          body: JSON.stringify({ time_unit: 10 }),
        },
      );
      const { id } = await ID.validate(await booked.json());
      ticketIds.push(ticket.id);
      entries.push(`/tickets/${ticket.id}/time_accountings/${id}`);
    }
    // One that stays: a source that lists nothing at all is believed even less.
    await bridge.book(30);
    await bridge.engine.run();
    expect(await bridge.timesheets()).toHaveLength(MANY + 1);
    for (const path of entries) await bridge.zammad('DELETE', path);
  }
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  /** As `syncRun` does it, with a batch for each ticket: no batch is beyond the limit by itself. */
  async function runInBatches(): Promise<string> {
    const { activities } = bridge.engine;
    const begun = await activities.beginRun({
      bridgeId: BRIDGE,
      trigger: 'person',
      triggeredBy: null,
      full: false,
      workflowId: 'sync-run/demo',
    });
    if (!begun.started) throw new Error(begun.code);
    const { runId } = begun;
    await activities.fetchSource({ bridgeId: BRIDGE, runId, full: true });
    const cause = { runId, decisionId: null };
    for (const ticketId of ticketIds)
      await activities.reconcile({
        bridgeId: BRIDGE,
        scope: { kind: 'ticket', ticketId: String(ticketId) },
        cause,
      });
    expect(await activities.guardRun({ bridgeId: BRIDGE, runId })).toEqual({ held: MANY });
    await activities.applyPlan({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause });
    await activities.finishRun({ bridgeId: BRIDGE, runId, state: 'completed', error: null });
    return runId;
  }
  const kinds = async () => (await bridge.engine.openConflicts()).map(({ kind }) => kind);
  const theGuard = async (): Promise<OpenConflict> => {
    const [guard, ...others] = await bridge.engine.openConflicts();
    expect(others).toEqual([]);
    if (guard?.kind !== 'guard') throw new Error('no guard');
    return guard;
  };
  const states = async () => {
    const found = await rows<{ state: string; code: string }>(
      { db: bridge.engine.db, tx: null },
      `select distinct state, why ->> 'code' as code from bridge_entries where state <> 'agreed'`,
    );
    return found.map(({ state, code }) => `${state} ${code}`);
  };

  it('asks one admin instead of eleven questions, and asks them once the admin goes ahead', async () => {
    await begin({ sourceDeletions: 'ask' });
    const runId = await runInBatches();
    const guard = await theGuard();
    expect(guard.subject).toBe(`guard:run:${runId}:deletes`);
    expect(await states()).toEqual(['waiting held_by_guard']);
    await bridge.engine.decide(guard, 'go_ahead');
    expect(await kinds()).toEqual(Array.from({ length: MANY }, () => 'source_deleted'));
  });

  it('asks them as well when the guard is let go in a bulk, and does not count them once more', async () => {
    await begin({ sourceDeletions: 'ask' });
    await runInBatches();
    const { engine } = bridge;
    const bulkId = await storeItems(engine, 'go_ahead', itemsOf([await theGuard()]));
    await recordAll(engine, bulkId);
    const { released = [] } = await engine.activities.planBulkPage({ bulkId });
    const [{ decisionId } = { decisionId: null }] = released;
    expect(released).toMatchObject([{ bridgeId: BRIDGE }]);
    expect(decisionId).toMatch(/./);
    await applyAll(engine, bulkId);
    await engine.settle({ kind: 'bridge' }, { runId: null, decisionId });
    expect(await kinds()).toEqual(Array.from({ length: MANY }, () => 'source_deleted'));
  });

  it('deletes nothing before an admin goes ahead, and then all of it', async () => {
    await begin({ sourceDeletions: 'delete' });
    await runInBatches();
    expect(await bridge.timesheets()).toHaveLength(MANY + 1);
    await bridge.engine.decide(await theGuard(), 'go_ahead');
    expect(await bridge.timesheets()).toHaveLength(1);
    expect(await kinds()).toEqual([]);
  });

  it('leaves everything as it is when an admin drops it', async () => {
    await begin({ sourceDeletions: 'delete' });
    await runInBatches();
    await bridge.engine.decide(await theGuard(), 'drop');
    expect(await bridge.timesheets()).toHaveLength(MANY + 1);
    expect(await kinds()).toEqual([]);
    expect(await states()).toEqual(['skipped decided']);
  });
});
