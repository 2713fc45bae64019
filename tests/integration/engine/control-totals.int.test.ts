import { describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

type Checks = {
  source?: {
    control: { month: string; reported: number | null; held: number }[];
    warnings: { code: string }[];
  };
  target?: { warnings: { code: string }[] };
};

describe('the control of what was read', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const session = () => ({ db: bridge.engine.db, tx: null });
  const fullRun = async () => {
    const { runId } = await bridge.engine.run(true);
    const [run] = await rows<{ state: string; sums: { checks: Checks; brokenSeconds: number } }>(
      session(),
      'select state, sums from sync_runs where id = $1',
      [runId],
    );
    if (!run) throw new Error('the run must have a row');
    return run;
  };
  const notified = () =>
    rows<{ code: string }>(
      session(),
      `select facts ->> 'code' as code from notifications where kind = 'run_warning' order by id`,
    );

  it('agrees with the report of Zammad, deletions included, and tells nobody', async () => {
    await bridge.book(45);
    const gone = await bridge.book(30);
    await fullRun();
    await bridge.zammad('DELETE', `/time_accountings/${gone}`);
    const { sums } = await fullRun();
    expect(sums.checks.source?.control[0]).toMatchObject({ reported: 45 * 60, held: 45 * 60 });
    expect(sums.checks.source?.warnings).toEqual([]);
    expect(sums.brokenSeconds).toBe(0);
    expect(await notified()).toEqual([]);
  });

  it('says in which month and by how much what we hold differs, and tells people once', async () => {
    await bridge.book(45);
    await fullRun();
    // As if a reading had gone wrong: one that is newer than those of the run, so that it stays.
    await rows(
      session(),
      `update time_entries set seconds = 3600, read_at = now() + interval '4 minutes' returning 1`,
    );
    const { state, sums } = await fullRun();
    expect(state).toBe('completed');
    expect(sums.checks.source?.warnings).toMatchObject([
      {
        code: 'control_differs',
        facts: { reportedSeconds: 2700, heldSeconds: 3600, differenceSeconds: 900 },
      },
    ]);
    expect(await notified()).toEqual([{ code: 'control_differs' }]);
  });

  it('takes a Zammad that lists nothing for a fault when there was a lot before', async () => {
    const entry = await bridge.book(15);
    await fullRun();
    await rows(
      session(),
      `insert into time_entries (connector_id, source_id, ticket_id, unit_text, seconds, user_id, user_name,
         entry_date, booked_at, source_updated_at, read_at)
       select connector_id, 'lost-' || n, ticket_id, unit_text, seconds, user_id, user_name, entry_date, booked_at,
         source_updated_at, read_at from time_entries, generate_series(1, 20) n returning 1`,
    );
    await bridge.zammad('DELETE', `/time_accountings/${entry}`);
    // The ticket's own sum did not fit any more: what was read of it then is not what is looked at here.
    await rows(session(), 'update time_entries set deleted_at = null returning 1');
    const { sums } = await fullRun();
    expect(sums.checks.source?.warnings.map(({ code }) => code)).toContain('source_empty');
    expect((await notified()).map(({ code }) => code)).toContain('source_empty');
  });

  it('takes a Kimai that lists nothing for deleted only where that is proved row by row', async () => {
    await bridge.book(15);
    await fullRun();
    const [sheet] = await bridge.timesheets();
    await bridge.kimai('DELETE', `/timesheets/${sheet?.id}`);
    const { sums } = await fullRun();
    expect(sums.checks.target?.warnings.map(({ code }) => code)).toEqual(['target_empty']);
    expect((await bridge.engine.openConflicts()).map(({ kind }) => kind)).toEqual(['target_deleted']);
  });
});
