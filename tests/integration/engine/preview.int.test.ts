import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { findPreview } from '../../../db/stores/previews.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

describe('a preview', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const session = () => ({ db: bridge.engine.db, tx: null });
  const preview = async (asConfirmed = false, read = true) => {
    const { activities } = bridge.engine;
    const input = { bridgeId: BRIDGE, previewId: randomUUID(), asConfirmed, requestedBy: null };
    await activities.beginPreview(input);
    expect((await findPreview(session(), BRIDGE))?.state).toBe('running');
    if (read) {
      await activities.fetchTarget({ bridgeId: BRIDGE, runId: null, full: true });
      await activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: true });
    }
    await activities.planPreview(input);
    const found = await findPreview(session(), BRIDGE);
    expect(found).toMatchObject({ state: 'done', phase: 'finished', previewId: input.previewId });
    return found?.summary;
  };
  const kept = async () => {
    const [found] = await rows<Record<string, number>>(
      session(),
      `select (select count(*)::int from ledger) as ledger, (select count(*)::int from links) as links,
         (select count(*)::int from conflicts) as conflicts, (select count(*)::int from sync_runs) as runs`,
    );
    return found;
  };

  it('tells what the run would write, and keeps nothing of the plan', async () => {
    await bridge.book(45);
    await bridge.book(30);
    const summary = await preview();
    expect(summary).toMatchObject({ entryCount: 2, entrySeconds: 75 * 60 });
    expect(summary?.steps).toEqual([{ kind: 'create', count: 2, seconds: 75 * 60 }]);
    expect(summary?.lines).toMatchObject([{ customerKey: 'organization:1', kind: 'create', count: 2 }]);
    expect(summary?.samples.map(({ seconds }) => seconds).sort()).toEqual([30 * 60, 45 * 60]);
    expect(await kept()).toEqual({ ledger: 0, links: 0, conflicts: 0, runs: 0 });
    expect(await bridge.timesheets()).toEqual([]);
  });

  it('is what the run that follows does, and the run finds nothing of it missing', async () => {
    await bridge.book(45);
    await preview();
    await bridge.engine.run();
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([45 * 60]);
    expect((await preview())?.steps).toEqual([{ kind: 'in_sync', count: 1, seconds: 45 * 60 }]);
  });

  it('names each gap with the hours behind it', async () => {
    await rows(session(), 'delete from user_mappings returning 1');
    await rows(session(), 'delete from activity_mappings returning 1');
    await bridge.book(30);
    const summary = await preview();
    expect(summary?.gaps.map(({ kind, entryCount, seconds }) => ({ kind, entryCount, seconds }))).toEqual([
      { kind: 'unmapped_activity', entryCount: 1, seconds: 1800 },
      { kind: 'unmapped_user', entryCount: 1, seconds: 1800 },
    ]);
    // Behind two gaps, but half an hour all the same.
    expect(summary?.steps).toEqual([{ kind: 'ask', count: 1, seconds: 1800 }]);
  });

  it('asks about old entries as long as nobody confirmed the first run, and writes them when somebody does', async () => {
    await rows(
      session(),
      "update bridges set first_run_confirmed_at = null, start_from = '2020-01-01' returning 1",
    );
    await bridge.book(30);
    await bridge.engine.activities.fetchSource({ bridgeId: BRIDGE, runId: null, full: true });
    const longAgo = "'2020-03-02T10:00:00Z', '2020-03-02'";
    await rows(session(), `update time_entries set (booked_at, entry_date) = (${longAgo}) returning 1`);
    await rows(
      session(),
      `update bridge_entries set (frozen_booked_at, frozen_entry_date) = (${longAgo}) returning 1`,
    );
    const asked = await preview(false, false);
    expect(asked?.questions).toMatchObject([
      { kind: 'missing', cause: 'missing_old', count: 1, seconds: 1800 },
    ]);
    expect(asked?.oldestDay).toBe('2020-03-02');
    expect((await preview(true, false))?.steps).toEqual([{ kind: 'create', count: 1, seconds: 1800 }]);
  });

  it('that fails says why and shows no earlier summary', async () => {
    await preview();
    const input = { bridgeId: BRIDGE, previewId: randomUUID(), asConfirmed: false, requestedBy: null };
    await bridge.engine.activities.beginPreview(input);
    await bridge.engine.activities.failPreview({ ...input, code: 'unavailable' });
    expect(await findPreview(session(), BRIDGE)).toMatchObject({
      state: 'failed',
      summary: null,
      error: { code: 'unavailable' },
    });
  });
});
