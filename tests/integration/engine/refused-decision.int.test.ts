import { describe, expect, it } from 'vitest';
import * as yup from 'yup';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

const ID = yup.object({ id: yup.number().required() });
const ACTIVITY = yup.object({ activity: yup.number().required() });

describe('a decision of several parts whose write Kimai refuses', () => {
  let bridge: ContractBridge;
  withContractBridge((opened) => (bridge = opened));

  const changes = () => bridge.simulators.kimai.log.list().filter(({ method }) => method === 'PATCH').length;
  const refuseChanges = () =>
    bridge.fault({
      match: { method: 'PATCH', path: '^/api/timesheets/' },
      times: 1_000,
      then: {
        kind: 'status',
        status: 400,
        body: {
          code: 400,
          message: 'Validation Failed',
          errors: { children: { end_date: { errors: ['The budget is used up.'] } } },
        },
      },
    });

  /** 30 minutes were written; then Zammad says 45, and somebody chose another activity in Kimai. */
  async function changedOnBothSides() {
    const entry = await bridge.book(30);
    await bridge.engine.run();
    const [sheet] = await bridge.timesheets();
    const other = await ID.validate(
      await bridge.kimai('POST', '/activities', { name: 'Vor Ort', visible: true, billable: true }),
    );
    await bridge.kimai('PATCH', `/timesheets/${sheet?.id}`, { activity: other.id });
    await bridge.zammad('PUT', `/time_accountings/${entry}`, { time_unit: 45 });
    await bridge.engine.run(true);
    const [asked] = await bridge.engine.openConflicts();
    if (!asked || !sheet) throw new Error('both sides changed, and nobody is asked');
    expect(asked.kind).toBe('mismatch');
    return { asked, sheetId: sheet.id, activityId: other.id };
  }

  it('is sent once, asked as refused, and sent again as it was decided', async () => {
    const { asked, sheetId, activityId } = await changedOnBothSides();
    await refuseChanges();
    const before = changes();
    const fields = { seconds: 'source', activityId: 'target' } as const;
    expect((await bridge.engine.decide(asked, 'per_field', { fields })).state).toBe('open');
    expect(changes() - before).toBe(1);
    await bridge.engine.run(true);
    expect(changes() - before).toBe(1);
    const [refused, ...others] = await bridge.engine.openConflicts();
    expect([refused?.kind, others]).toEqual(['rejected', []]);

    bridge.simulators.kimai.faults.clear();
    if (refused) expect((await bridge.engine.decide(refused, 'retry')).state).toBe('closed');
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([2700]);
    expect(await ACTIVITY.validate(await bridge.kimai('GET', `/timesheets/${sheetId}`))).toEqual(
      expect.objectContaining({ activity: activityId }),
    );
    await bridge.engine.run(true);
    expect(await bridge.engine.openConflicts()).toEqual([]);
  });

  it('may be edited, is asked again where that is refused as well, and is never sent by itself', async () => {
    const { asked } = await changedOnBothSides();
    await refuseChanges();
    const before = changes();
    await bridge.engine.decide(asked, 'per_field', {
      fields: { seconds: 'source', activityId: 'target' },
    });
    const [refused] = await bridge.engine.openConflicts();
    if (!refused) throw new Error('a refusal must be asked');
    await bridge.engine.decide(refused, 'edit_and_retry', { edit: { seconds: 2400 } });
    await bridge.engine.run(true);
    expect(changes() - before).toBe(2);
    const [again, ...others] = await bridge.engine.openConflicts();
    expect([again?.kind, others]).toEqual(['rejected', []]);
    if (again) expect((await bridge.engine.decide(again, 'skip')).state).toBe('closed');
    await bridge.engine.run(true);
    expect(changes() - before).toBe(2);
    expect(await bridge.engine.openConflicts()).toEqual([]);
  });
});
