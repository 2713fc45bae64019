import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, rows } from '../../../db/sql.js';
import { type UndoKind } from '../../../db/stores/undo-changes.js';
import { openUndo, undoItems } from '../../../db/stores/undos.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { decideAll, itemsOf } from './bulk-bench.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

describe('taking back what was written', () => {
  let url: string;
  let bridge: ContractBridge;
  const session = () => ({ db: bridge.engine.db, tx: null });

  const start = async (policies: Parameters<typeof openContractBridge>[1] = {}): Promise<void> => {
    bridge = await openContractBridge(url, policies);
  };
  beforeEach(async () => {
    url = await createDatabase();
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(url);
  });

  /** All activities of the process, in its order. */
  const undo = async (kind: UndoKind, subjectId: string) => {
    const { engine } = bridge;
    const { activities } = engine;
    const undoId = await inTransaction(bridge.engine.db, (tx) =>
      openUndo(tx, { id: randomUUID(), kind, subjectId, actorId: 'tester', actorName: 'Testerin' }),
    );
    await activities.beginUndo({ undoId });
    let finished = false;
    for (let round = 0; round < 3 && !finished; round += 1) {
      await activities.planUndoPage({ undoId });
      await engine.settle({ kind: 'undo', undoId }, { runId: null, decisionId: null });
      ({ finished } = await activities.finishUndo({ undoId }));
    }
    expect(finished).toBe(true);
    return undoItems(session(), undoId);
  };
  const resume = () =>
    rows(session(), 'update bridges set paused_cause = null where id = $1 returning 1', [BRIDGE]);
  const writes = async () =>
    Number((await rows<{ n: string }>(session(), 'select count(*) as n from ledger'))[0]?.n);
  const kinds = async () => (await bridge.engine.openConflicts()).map(({ kind }) => kind);
  const sheet = async () => {
    const [only] = await bridge.timesheets();
    if (!only) throw new Error('there is no timesheet');
    return only;
  };
  const broken = async (runId: string) =>
    (
      await rows<{ broken: number }>(
        session(),
        `select (sums ->> 'brokenSeconds')::int as broken from sync_runs where id = $1`,
        [runId],
      )
    )[0]?.broken;

  it('a run: its rows go, the bridge pauses, and no later run writes them again', async () => {
    await start();
    await bridge.book(30);
    await bridge.book(45);
    const { runId } = await bridge.engine.run();
    expect(await bridge.timesheets()).toHaveLength(2);
    const items = await undo('run', runId);
    expect(items.map(({ state, action, remaining }) => [state, action, remaining])).toEqual([
      ['undone', 'delete', []],
      ['undone', 'delete', []],
    ]);
    expect(await bridge.timesheets()).toEqual([]);
    await expect(bridge.engine.run()).rejects.toThrow('bridge_paused');
    expect(await kinds()).toEqual(['reverted', 'reverted']);
    await resume();
    const before = await writes();
    const next = await bridge.engine.run(true);
    expect([await writes(), await bridge.timesheets(), await broken(next.runId)]).toEqual([before, [], 0]);
  });

  it('what is written again on a decision is ordinary from then on', async () => {
    await start();
    const entry = await bridge.book(30);
    await undo('run', (await bridge.engine.run()).runId);
    await resume();
    const [reverted] = await bridge.engine.openConflicts();
    if (!reverted) throw new Error('nothing waits');
    await bridge.engine.decide(reverted, 'write_again');
    expect((await sheet()).duration).toBe(1800);
    await bridge.zammad('PUT', `/tickets/${bridge.ticketId}/time_accountings/${entry}`, { time_unit: 50 });
    await bridge.engine.run(true);
    expect([(await sheet()).duration, await kinds()]).toEqual([3000, []]);
  });

  it('a changed row gets back what was there before, and its words that people wrote stay', async () => {
    await start();
    const entry = await bridge.book(30);
    await bridge.engine.run();
    await bridge.zammad('PUT', `/tickets/${bridge.ticketId}/time_accountings/${entry}`, { time_unit: 50 });
    const { runId } = await bridge.engine.run(true);
    const { id } = await sheet();
    await bridge.kimai('PATCH', `/timesheets/${id}`, {
      description: `Words of ours\n${(await sheet()).description}`,
    });
    const items = await undo('run', runId);
    expect(items.map(({ state, action, fields }) => [state, action, fields])).toEqual([
      ['undone', 'restore', ['time']],
    ]);
    const now = await sheet();
    expect([now.id, now.duration, now.description?.startsWith('Words of ours')]).toEqual([id, 1800, true]);
    expect(await kinds()).toEqual(['reverted']);
    await resume();
    const before = await writes();
    expect(await broken((await bridge.engine.run(true)).runId)).toBe(0);
    expect(await writes()).toBe(before);
  });

  it("a person's change that was overwritten on a decision comes back, and waits to be decided again", async () => {
    await start();
    await bridge.book(30);
    await bridge.engine.run();
    const { id, begin } = await sheet();
    const until = new Date(Date.parse(`${begin.slice(0, 19)}Z`) + 3_000_000).toISOString();
    await bridge.kimai('PATCH', `/timesheets/${id}`, { end: until.slice(0, 19) });
    const { duration } = await sheet();
    expect(duration).not.toBe(1800);
    await bridge.engine.run();
    const [changed] = await bridge.engine.openConflicts();
    if (!changed) throw new Error('nothing waits');
    await bridge.engine.decide(changed, 'take_source');
    expect((await sheet()).duration).toBe(1800);
    const [decision] = await rows<{ id: string }>(session(), 'select id from decisions');
    await undo('decision', decision?.id ?? '');
    expect((await sheet()).duration).toBe(duration);
    expect(await kinds()).toHaveLength(1);
    expect(await broken((await bridge.engine.run(true)).runId)).toBe(0);
    expect(await kinds()).toHaveLength(1);
  });

  it('leaves what people changed since and what is exported, and says so', async () => {
    await start();
    await bridge.book(30);
    await bridge.book(45);
    await bridge.book(60);
    const { runId } = await bridge.engine.run();
    const [changed, exported] = await bridge.timesheets();
    await bridge.kimai('PATCH', `/timesheets/${changed?.id}`, { description: 'Somebody else wrote this' });
    await bridge.kimai('PATCH', `/timesheets/${exported?.id}/export`);
    const items = await undo('run', runId);
    const left = items.map(({ state, remaining }) => [state, remaining.map(({ code }) => code)]);
    expect(left).toEqual([
      ['left', ['undo_changed_since']],
      ['left', ['row_exported']],
      ['undone', []],
    ]);
    expect((await bridge.timesheets()).map(({ id }) => id)).toEqual([changed?.id, exported?.id]);
  });

  it('a decision that deleted: the row comes back as a new one and is linked again', async () => {
    await start();
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const old = await sheet();
    await bridge.zammad('DELETE', `/tickets/${bridge.ticketId}/time_accountings/${entry}`);
    await bridge.engine.run(true);
    const [gone] = await bridge.engine.openConflicts();
    if (gone?.kind !== 'source_deleted') throw new Error(`asked ${gone?.kind}`);
    await bridge.engine.decide(gone, 'delete_target');
    expect(await bridge.timesheets()).toEqual([]);
    const [decision] = await rows<{ id: string }>(session(), 'select id from decisions');
    const items = await undo('decision', decision?.id ?? '');
    expect(items.map(({ state, action }) => [state, action])).toEqual([['undone', 'recreate']]);
    const now = await sheet();
    expect([now.duration, now.description, now.id === old.id]).toEqual([1800, old.description, false]);
    const linked = await rows(session(), 'select external_id from link_timesheets');
    expect(linked).toEqual([{ external_id: String(now.id) }]);
    expect(await kinds()).toEqual(['reverted']);
  });

  it('a bulk decision: what it linked is unlinked, what it created is deleted, what it skipped is asked again', async () => {
    await start({ newEntries: 'ask' });
    for (const minutes of [10, 20, 30]) await bridge.book(minutes);
    await bridge.engine.run();
    const [skipped, ...created] = await bridge.engine.openConflicts();
    const skip = await decideAll(bridge.engine, 'skip', itemsOf(skipped ? [skipped] : []));
    const create = await decideAll(bridge.engine, 'create', itemsOf(created));
    expect(await bridge.timesheets()).toHaveLength(2);
    expect((await undo('bulk', create)).map(({ action }) => action)).toEqual(['delete', 'delete']);
    expect(await bridge.timesheets()).toEqual([]);
    await undo('bulk', skip);
    await bridge.engine.settle({ kind: 'bridge' }, { runId: null, decisionId: null });
    expect((await kinds()).sort()).toEqual(['missing', 'reverted', 'reverted']);
  });

  it('a linked row is unlinked and stays as it is', async () => {
    await start();
    const entry = await bridge.book(30);
    await bridge.engine.run();
    await rows(session(), 'delete from link_changes returning 1');
    await rows(session(), 'delete from links returning 1');
    await rows(session(), 'update bridge_entries set dirty = true returning 1');
    const { runId } = await bridge.engine.run();
    expect(await rows(session(), 'select kind from link_changes')).toEqual([{ kind: 'adopt' }]);
    const items = await undo('run', runId);
    expect(items.map(({ state, action }) => [state, action])).toEqual([['undone', 'unlink']]);
    expect(await rows(session(), 'select id from links')).toEqual([]);
    expect([(await sheet()).duration, entry > 0, await kinds()]).toEqual([1800, true, ['reverted']]);
    await resume();
    const before = await writes();
    await bridge.engine.run(true);
    expect([await writes(), await rows(session(), 'select id from links')]).toEqual([before, []]);
  });
});
